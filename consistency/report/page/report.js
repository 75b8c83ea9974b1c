"use strict";
(() => {
  const all = (root, selector) => Array.from(root.querySelectorAll(selector));

  // --- colours ---------------------------------------------------------------------------------------------
  const themes = all(document, "[data-theme-choice]");
  for (const button of themes) {
    button.addEventListener("click", () => {
      const choice = button.dataset.themeChoice;
      if (choice === "auto") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = choice;
      for (const other of themes) other.setAttribute("aria-pressed", String(other === button));
    });
  }

  for (const section of all(document, ".case")) {
    const data = JSON.parse(section.querySelector("script.data").textContent);
    const panes = all(section, ".pane .text");
    const sentences = panes.map((pane) => all(pane, ".s"));
    const findings = all(section, ".finding");
    const marks = all(section, "mark");
    const form = section.querySelector(".filters");

    // --- filters -------------------------------------------------------------------------------------------
    const apply = () => {
      const wanted = new Set(all(form, "[name=severity]:checked").map((box) => box.value));
      const family = form.elements.family.value;
      const paper = form.elements.document.value;
      let shown = 0;
      findings.forEach((finding) => {
        const fits = wanted.has(finding.dataset.severity) && (!family || finding.dataset.family === family) &&
          (!paper || finding.dataset.documents.split(" ").includes(paper));
        finding.hidden = !fits;
        shown += Number(fits);
      });
      for (const mark of marks) {
        mark.classList.toggle("off", mark.dataset.f.split(" ").every((number) => findings[Number(number)].hidden));
      }
      form.querySelector(".shown").textContent = `${shown} of ${findings.length} findings shown`;
    };
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();

    // --- sentences that correspond -------------------------------------------------------------------------
    // partners[left][right] maps a sentence's index to the first and last sentence that it corresponds to.
    const partners = panes.map(() => panes.map(() => new Map()));
    for (const [left, lefts, right, rights] of data.alignments) {
      for (const index of lefts) partners[left][right].set(index, rights);
      for (const index of rights) partners[right][left].set(index, lefts);
    }
    const partnersOf = (pane, index) => panes.map((_, other) => partners[pane][other].get(index) || []);
    let lit = [];
    const light = (pane, index) => {
      for (const element of lit) element.classList.remove("aligned");
      lit = [];
      if (pane < 0) return;
      partnersOf(pane, index).forEach((indices, other) => {
        for (const partner of indices) if (sentences[other][partner]) lit.push(sentences[other][partner]);
      });
      if (lit.length && sentences[pane][index]) lit.push(sentences[pane][index]);
      for (const element of lit) element.classList.add("aligned");
    };
    panes.forEach((pane, number) => {
      pane.addEventListener("pointerover", (event) => {
        const sentence = event.target.closest(".s");
        if (sentence) light(number, Number(sentence.dataset.s));
      });
      pane.addEventListener("pointerleave", () => light(-1, 0));
    });

    // --- scrolling together ----------------------------------------------------------------------------------
    // Only the pane that the reader moves leads; what follows fires scroll events of its own, which are let pass.
    let leader = -1;
    let pending = false;
    let tops = null;
    const measure = () => {
      tops = sentences.map((list) => list.map((sentence) => sentence.offsetTop));
    };
    window.addEventListener("resize", () => { tops = null; });
    // Index of the last sentence that begins at or above a height.
    const at = (pane, height) => {
      const list = tops[pane];
      let low = 0;
      let high = list.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (list[middle] <= height) low = middle; else high = middle - 1;
      }
      return low;
    };
    const READING_LINE = 60;
    const follow = () => {
      pending = false;
      if (leader < 0 || !form.elements.sync.checked) return;
      if (!tops) measure();
      const height = panes[leader].scrollTop + READING_LINE;
      const index = at(leader, height);
      panes.forEach((pane, other) => {
        if (other === leader) return;
        const map = partners[leader][other];
        // The nearest sentence at or above the reading line that has a counterpart here, and the next one below it.
        let above = index;
        while (above >= 0 && !map.has(above)) above -= 1;
        if (above < 0) return;
        let below = above + 1;
        while (below < tops[leader].length && !map.has(below)) below += 1;
        const from = tops[other][map.get(above)[0]];
        if (from === undefined) return;
        let target = from + Math.min(height - tops[leader][above], 200);
        if (below < tops[leader].length) {
          const to = tops[other][map.get(below)[0]];
          const span = tops[leader][below] - tops[leader][above];
          if (to > from && span > 0) target = from + (to - from) * Math.min(1, (height - tops[leader][above]) / span);
        }
        pane.scrollTop = target - READING_LINE;
      });
    };
    panes.forEach((pane, number) => {
      const lead = () => { leader = number; };
      for (const name of ["pointerdown", "wheel", "touchstart", "keydown", "focusin", "pointerenter"]) {
        pane.addEventListener(name, lead, { passive: true });
      }
      pane.addEventListener("scroll", () => {
        if (number !== leader || pending) return;
        pending = true;
        requestAnimationFrame(follow);
      }, { passive: true });
    });

    // --- from a finding to its words and back ----------------------------------------------------------------
    const centre = (box, element) => {
      const shift = element.getBoundingClientRect().top - box.getBoundingClientRect().top;
      box.scrollTop += shift - box.clientHeight / 3;
    };
    const choose = (number) => {
      leader = -1;
      for (const element of all(section, ".current")) element.classList.remove("current");
      const finding = findings[number];
      finding.classList.add("current");
      for (const mark of marks) {
        if (mark.dataset.f.split(" ").includes(String(number))) mark.classList.add("current");
      }
      // Each document shows the first of the finding's words in it.
      panes.forEach((pane) => {
        const mark = pane.querySelector("mark.current");
        if (mark) centre(pane, mark);
      });
    };
    section.addEventListener("click", (event) => {
      const link = event.target.closest("mark a, .evidence .where");
      if (!link) return;
      event.preventDefault();
      const mark = link.closest("mark");
      if (mark) {
        const numbers = mark.dataset.f.split(" ").map(Number);
        const number = numbers.find((candidate) => !findings[candidate].hidden);
        if (number === undefined) return;
        choose(number);
        const list = section.querySelector(".findings");
        if (list.scrollHeight > list.clientHeight) centre(list, findings[number]);
        else findings[number].scrollIntoView({ block: "center" });
      } else {
        choose(findings.indexOf(link.closest(".finding")));
        const target = document.getElementById(link.getAttribute("href").slice(1));
        if (target) {
          centre(target.closest(".text"), target);
          const inner = target.querySelector("a");
          if (inner) inner.focus({ preventScroll: true });
        }
      }
    });
    for (const link of all(section, ".strip a")) {
      link.addEventListener("click", (event) => {
        const target = document.getElementById(link.getAttribute("href").slice(1));
        if (!target) return;
        event.preventDefault();
        section.querySelector(".panes").scrollIntoView({ block: "nearest" });
        centre(target.closest(".text"), target);
        light(panes.indexOf(target.closest(".text")), Number(target.dataset.s));
      });
    }

    // --- the graph ---------------------------------------------------------------------------------------------
    const svg = section.querySelector(".graph svg");
    if (svg) {
      const nodes = all(svg, ".node");
      const edges = all(svg, ".edges path");
      const detail = section.querySelector(".graph .detail");
      let chosen = null;
      const show = (node) => {
        chosen = node === chosen ? null : node;
        svg.classList.toggle("chosen", chosen !== null);
        const near = new Set(chosen ? [chosen.id] : []);
        for (const edge of edges) {
          const joined = chosen && (edge.dataset.a === chosen.id || edge.dataset.b === chosen.id);
          edge.classList.toggle("near", Boolean(joined));
          if (joined) { near.add(edge.dataset.a); near.add(edge.dataset.b); }
        }
        for (const other of nodes) other.classList.toggle("near", near.has(other.id));
        detail.textContent = chosen ? chosen.querySelector("title").textContent : "";
      };
      for (const node of nodes) {
        node.addEventListener("click", () => show(node));
        node.addEventListener("keydown", (event) => {
          if (event.key === "Enter" || event.key === " ") { event.preventDefault(); show(node); }
        });
      }
      const width = Number(svg.getAttribute("width"));
      const height = Number(svg.getAttribute("height"));
      let scale = 1;
      const zoom = { in: 1.25, out: 0.8, reset: 0 };
      for (const button of all(section, "[data-zoom]")) {
        button.addEventListener("click", () => {
          const factor = zoom[button.dataset.zoom];
          scale = factor === 0 ? 1 : Math.min(4, Math.max(0.25, scale * factor));
          svg.setAttribute("width", width * scale);
          svg.setAttribute("height", height * scale);
        });
      }
    }
  }
})();
