"""Planted faults: `semgrep --test` fails unless each line after `ruleid` is found and none after `ok`."""

import http.client
import socket
import urllib.request as net

import requests
from requests import Session, get


def a_session_of_its_own():
    # ruleid: session-outside-the-one-door
    return requests.Session()


def a_session_by_its_name():
    # ruleid: session-outside-the-one-door
    return Session()


def a_question():
    # ruleid: session-outside-the-one-door
    return requests.get("https://graph.microsoft.com/v1.0/me", timeout=3)


def a_question_by_its_name(address):
    # ruleid: session-outside-the-one-door
    return get(address, timeout=3)


def the_standard_library(address):
    # ruleid: session-outside-the-one-door
    return net.urlopen(address)


def a_connection(host):
    # ruleid: session-outside-the-one-door
    return http.client.HTTPSConnection(host)


def a_socket(host):
    # ruleid: session-outside-the-one-door
    return socket.create_connection((host, 443))


def through_the_door(address):
    # ok: session-outside-the-one-door
    return outbound.session().get(address)


def what_may_be_raised():
    # ok: session-outside-the-one-door
    raise requests.ConnectionError("down")


def believes_anybody(session, address):
    # ruleid: tls-not-checked
    return session.get(address, verify=False)


def believes_anybody_from_now_on(session):
    # ruleid: tls-not-checked
    session.verify = False


def believes_the_university(session):
    # ok: tls-not-checked
    session.verify = "/etc/ssl/university.pem"
