"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Rule sets: without this script all of them are shown.
  const choose = (rules) => {
    for (const part of all("[data-rules]")) {
      part.hidden = rules !== "" && !part.dataset.rules.split(" ").includes(rules);
    }
    document.body.classList.toggle("one-rule", rules !== "");
  };
  const choices = all("input[name=rules]");
  if (choices.length) {
    document.getElementById("switch").hidden = false;
    for (const choice of choices) choice.addEventListener("change", () => choose(choice.value));
    choices[0].checked = true;
    choose(choices[0].value);
  }

  // Words: a link to them opens them in place; without this script it leads to them further down.
  const panel = document.getElementById("panel");
  if (panel && panel.showModal) {
    const body = document.getElementById("panel-body");
    const title = document.getElementById("panel-title");
    const show = (article, entry) => {
      const copy = article.cloneNode(true);
      const name = copy.querySelector("h4");
      title.replaceChildren(...name.childNodes);
      name.remove();
      for (const back of all(".back", copy)) back.remove();
      if (entry) for (const other of all(".entry", copy)) if (other.id !== entry) other.remove();
      for (const part of all("[id]", copy)) part.removeAttribute("id");
      body.replaceChildren(...copy.childNodes);
      panel.showModal();
      body.scrollTop = 0;
    };
    document.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      const link = event.target.closest("a[data-words], a[data-entry]");
      if (!link) return;
      const target = document.getElementById(link.dataset.words || link.dataset.entry);
      const article = target && target.closest("article.words");
      if (!article) return;
      event.preventDefault();
      show(article, link.dataset.entry);
    });
    document.getElementById("panel-close").addEventListener("click", () => panel.close());
    panel.addEventListener("click", (event) => {
      if (event.target === panel || event.target.closest("a[href^='#']")) panel.close();
    });
  }

  // Paper can't be clicked open.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    for (const part of opened) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
  });
})();
