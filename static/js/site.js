// Extras only: every page works without this file.

// After a failed form the summary of its errors takes the focus, so that a screen reader begins there.
const focusErrors = () => document.querySelector(".errors, .note-error[tabindex]")?.focus();

// The language switch keeps the place on the page.
const keepPlace = () => {
  for (const link of document.querySelectorAll("a.language")) {
    link.hash = location.hash;
  }
};

// The guides keep the reader's address in this tab; who signs out leaves it to the next person without.
const forgetOnLeaving = () => {
  for (const form of document.querySelectorAll("form[data-forget]")) {
    form.addEventListener("submit", () => sessionStorage.removeItem(form.dataset.forget));
  }
};

focusErrors();
forgetOnLeaving();
keepPlace();
addEventListener("hashchange", keepPlace);
document.addEventListener("htmx:after:swap", focusErrors);
