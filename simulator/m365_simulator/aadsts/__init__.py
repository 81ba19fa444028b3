"""Entra's error codes, by number."""

from m365_simulator.aadsts import application, grant, person, request

TABLE = request.TABLE | application.TABLE | person.TABLE | grant.TABLE
