"""Whether the guides hold together: both languages, permanent ids, links. Each problem is one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from django.urls import Resolver404, resolve
from django.utils.translation import override

from portal.guides import library, page, permanent_ids
from portal.guides.guide import Guide, GuideError


@dataclass(frozen=True)
class Link:
    """`to_other_language` is the language switch and its like: they may leave the page's language."""

    href: str
    to_other_language: bool


class PageMap(HTMLParser):
    """The links and ids of a page, in its order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[Link] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if named.get("id"):
            self.ids.append(str(named["id"]))
        if tag == "a" and named.get("href"):
            self.links.append(Link(str(named["href"]), "hreflang" in named))


def find_problems() -> Iterator[str]:
    ids = permanent_ids.read_permanent_ids()
    for slug in sorted({path.name.partition(".")[0] for path in library.CONTENT.glob("*.md")} - set(ids)):
        yield f"{slug} is not in permanent_ids.toml."
    for slug, permanent in ids.items():
        for language in library.LANGUAGES:
            yield from _check_guide(slug, language, permanent)


def _check_guide(slug: str, language: str, permanent: permanent_ids.PermanentIds) -> Iterator[str]:
    name = f"{slug}.{language}.md"
    try:
        guide, text = library.find_guide(slug, language), page.render_page(slug, language)
    except GuideError as error:
        yield str(error)
        return
    if guide is None or text is None:
        yield f"{name} is missing."
        return
    for sentence in (*find_id_problems(guide, permanent), *find_page_problems(language, PageMap(text))):
        yield f"{name}: {sentence}"


def find_id_problems(guide: Guide, permanent: permanent_ids.PermanentIds) -> Iterator[str]:
    """Where the guide and the list of permanent ids differ."""
    ids = tuple(guide.list_ids())
    for id_ in sorted(set(ids) - set(permanent.ids)):
        yield f"#{id_} is not in permanent_ids.toml."
    for id_ in sorted(set(permanent.ids) - set(ids)):
        yield f"#{id_} of permanent_ids.toml is not in the guide; a removed id belongs under moved."
    if set(ids) == set(permanent.ids) and ids != permanent.ids:
        yield "the ids of permanent_ids.toml stand in another order."
    for old, new in permanent.moved.items():
        if new not in permanent.ids:
            yield f"moved: #{old} leads to #{new}, which is not there."


def find_page_problems(language: str, page_map: PageMap) -> Iterator[str]:
    """Ids that stand twice, and links of the page that lead nowhere."""
    for id_, count in Counter(page_map.ids).items():
        if count > 1:
            yield f"#{id_} stands there {count} times."
    for link in page_map.links:
        problem = _check_link(language, link, page_map)
        if problem:
            yield problem


def _check_link(language: str, link: Link, page_map: PageMap) -> str:
    path, _, fragment = link.href.partition("#")
    if not path:
        return "" if fragment in page_map.ids else f"{link.href} leads nowhere on the page."
    if not path.startswith("/"):
        return ""
    if path.startswith(tuple(f"/{code}/" for code in library.LANGUAGES if code != language)):
        return "" if link.to_other_language else f"{link.href} is in the other language."
    return _check_path(language, path, fragment)


def _check_path(language: str, path: str, fragment: str) -> str:
    try:
        with override(language):
            match = resolve(path)
    except Resolver404:
        return f"{path} is no page of this site."
    if match.view_name not in ("guides:guide", "guide_link"):
        return ""
    target = library.find_guide(match.kwargs["slug"], language)
    if target is None:
        return f"{path} is no guide."
    return "" if not fragment or fragment in target.list_ids() else f"{path} has no #{fragment}."
