"""Inbox rules in words, in the reader's language: `portal.templatetags.sentences` puts them on pages."""
