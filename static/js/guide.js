// Extras only: a guide works without this file.
import "./site.js";
const said = document.querySelector("#said");
const shortLink = document.querySelector("[data-short]")?.dataset.short ?? "";

// The reader's address comes in the fragment (#me=… or #step&me=…), leaves the address bar, and stays in this tab.
const ADDRESS = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9.-]{1,190}$/i;
const takeAddress = () => {
  const parts = location.hash.slice(1).split("&");
  const mine = parts.find((part) => part.startsWith("me="));
  if (!mine) return;
  let address = "";
  try { address = decodeURIComponent(mine.slice(3)); } catch { /* not an address */ }
  if (ADDRESS.test(address)) sessionStorage.setItem("me", address);
  const place = parts.filter((part) => part !== mine).join("&");
  history.replaceState(null, "", location.pathname + location.search);
  if (place) location.replace("#" + place);
};
const showAddress = () => {
  const address = sessionStorage.getItem("me");
  if (!address || !ADDRESS.test(address)) return;
  for (const words of document.querySelectorAll("[data-me]")) words.textContent = address;
  for (const button of document.querySelectorAll("[data-me-copy]")) {
    button.dataset.copy = address;
    button.hidden = !navigator.clipboard;
  }
};

const copy = async (button, text) => {
  await navigator.clipboard.writeText(text);
  const words = button.firstChild, before = button.dataset.before ??= words.data;
  words.data = said.textContent = button.dataset.done;
  setTimeout(() => { words.data = before; said.textContent = ""; }, 2000);
};
const offerCopying = () => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = "meCopy" in button.dataset; // An example address is of no use to anybody; their own is shown later.
    button.addEventListener("click", () => copy(button, button.dataset.copy));
  }
  for (const link of document.querySelectorAll("a.step-link")) {
    link.firstChild.data = link.dataset.label;
    link.addEventListener("click", () => copy(link, shortLink + link.hash));
  }
};

// Tabs: the reader's own system first; the chosen one stays open when the address moves on to another part of the page.
const open = (systems, panel) => {
  systems.dataset.open = panel.id;
  for (const each of systems.querySelectorAll(".panel")) each.classList.toggle("is-open", each === panel);
  for (const tab of systems.querySelectorAll(".tabs a")) {
    if (tab.hash === "#" + panel.id) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
};
const SYSTEMS = [["android", /Android/], ["iphone", /iPhone/], ["ipad", /iPad/], ["windows", /Windows/], ["mac", /Macintosh/], ["linux", /Linux/]];
const ownPanel = (systems) => {
  const [name] = SYSTEMS.find(([, mark]) => mark.test(navigator.userAgent)) ?? [];
  return systems.querySelector(`.panel#${name ?? "none"}`) ?? systems.querySelector(".panel");
};
const followTabs = () => {
  // By the address, not by :target: the browser sets that only after this script has run.
  const named = document.getElementById(location.hash.slice(1))?.closest(".panel");
  for (const systems of document.querySelectorAll(".systems")) {
    if (systems.contains(named ?? null)) open(systems, named);
    else if (!systems.dataset.open) open(systems, ownPanel(systems));
  }
};
const arrive = () => {
  takeAddress();
  showAddress();
  followTabs();
};

offerCopying();
arrive();
addEventListener("hashchange", arrive);
