// The wheel as one more way to answer, beside the radio buttons and never instead of them: press
// a ring, or move a slider with the arrows. What one says, the other says at once.

const SVG = "http://www.w3.org/2000/svg";
// The drawing of cops/charts/wheel.py, in its own units.
const CENTRE = 100;
const HOLE = 25;
const RING = 16.6;
const LEVELS = 4;
const NOT_CONCERNED = "nc";

// `place` holds the drawing; data-wheel names its twelve criteria. Those whose question is on the
// page become sliders; a press on the others leads to their axis.
export function answerOn(place, form) {
  const svg = place.querySelector(".wheel");
  const groups = [...svg.querySelectorAll("g[transform^=rotate]")];
  // The same four cells in each sector, turned: read from the drawing rather than drawn twice.
  const paths = [...groups[0].querySelectorAll("path")];
  const cells = paths.map((path) => path.getAttribute("d")).join("").split(/(?=M)/);
  const sectors = place.dataset.wheel.split(" ").map((code, rank) => ({
    code,
    rank,
    group: groups[rank],
    radios: form.elements[code],
  }));
  const here = sectors.filter((sector) => sector.radios);
  const tool = toolOf(place, (value) => current && give(current, value));
  let current = null;

  function paint(sector) {
    const value = sector.radios.value;
    const level = Number(value) || 0;
    const drawn = value === NOT_CONCERNED
      ? [path("none", cells)]
      : [path("on", cells.slice(0, level)), path(value === "" ? "off wait" : "off", cells.slice(level))];
    for (const old of sector.group.querySelectorAll(".on, .off, .none")) old.remove();
    sector.group.prepend(...drawn.filter((one) => one.getAttribute("d")));
    sector.group.setAttribute("aria-valuenow", level);
    sector.group.setAttribute("aria-valuetext", said(sector));
    if (sector === current) tool.show(sector);
  }

  function choose(sector) {
    current?.group.removeAttribute("data-current");
    current = sector;
    sector.group.setAttribute("data-current", "");
    tool.show(sector);
  }

  function give(sector, value) {
    if (sector.radios.value === String(value)) return;
    sector.radios.value = String(value);
    sector.radios[0].dispatchEvent(new Event("change", { bubbles: true }));
  }

  function press(event) {
    const where = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const [across, down] = [where.x - CENTRE, where.y - CENTRE];
    const radius = Math.hypot(across, down);
    const ring = Math.max(1, Math.ceil((radius - HOLE) / RING));
    if (radius < HOLE / 2 || ring > LEVELS) return;
    const turn = (Math.atan2(across, -down) * 180) / Math.PI;
    const sector = sectors[Math.floor(((turn + 360) % 360) / 30)];
    if (!sector.radios) return form.querySelector(`[name=aller][value="${Math.floor(sector.rank / 3) + 1}"]`)?.click();
    choose(sector);
    sector.group.focus({ preventScroll: true });
    // The first ring pressed again empties the sector: that is how a finger gives 0.
    give(sector, ring === 1 && sector.radios.value === "1" ? 0 : ring);
  }

  function key(event, sector) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const value = sector.radios.value;
    const level = Number(value) || 0;
    const empty = value === "" || value === NOT_CONCERNED;
    const next = {
      ArrowUp: empty ? 1 : level + 1, ArrowRight: empty ? 1 : level + 1, PageUp: empty ? 1 : level + 1,
      ArrowDown: level - 1, ArrowLeft: level - 1, PageDown: level - 1,
      Home: 0, End: LEVELS, n: NOT_CONCERNED, N: NOT_CONCERNED, Delete: NOT_CONCERNED,
    }[event.key] ?? (/^[0-4]$/.test(event.key) ? Number(event.key) : null);
    if (next === null) return;
    event.preventDefault();
    give(sector, next === NOT_CONCERNED ? next : Math.min(LEVELS, Math.max(0, next)));
  }

  svg.setAttribute("role", "group");
  svg.append(disc());
  for (const sector of here) {
    const { group } = sector;
    group.append(frame("frame-under", cells), frame("frame", cells));
    const names = { role: "slider", tabindex: 0, "aria-label": asked(sector), "aria-valuemin": 0, "aria-valuemax": LEVELS };
    for (const [name, value] of Object.entries(names)) group.setAttribute(name, value);
    group.addEventListener("focus", () => choose(sector));
    group.addEventListener("keydown", (event) => key(event, sector));
    paint(sector);
  }
  svg.addEventListener("click", press);
  form.addEventListener("change", (event) => {
    const sector = here.find((one) => one.code === event.target.name);
    if (!sector) return;
    choose(sector);
    paint(sector);
  });
  place.dataset.ready = "";
}

const checked = (sector) => [...sector.radios].find((radio) => radio.checked);
const asked = (sector) => sector.radios[0].closest("fieldset").querySelector("legend").textContent.trim();
const said = (sector) => checked(sector)?.closest("label").textContent.trim() ?? "pas encore répondu";

function path(name, cells) {
  const one = document.createElementNS(SVG, "path");
  one.setAttribute("class", name);
  one.setAttribute("d", cells.join(""));
  if (name === "none") {
    one.setAttribute("fill", "none");
    one.setAttribute("stroke-dasharray", "1.6 2");
  }
  return one;
}

// One disc over all the cells takes every press: a phone moves a touch to what it holds for the
// nearest thing to press, and would choose between two sectors by their square boxes.
function disc() {
  const one = document.createElementNS(SVG, "circle");
  const sizes = { class: "hit", cx: CENTRE, cy: CENTRE, r: HOLE + LEVELS * RING };
  for (const [name, value] of Object.entries(sizes)) one.setAttribute(name, value);
  return one;
}

// Around a whole sector: the outline of its first and last cells, seen when it is chosen.
function frame(name, cells) {
  const inner = cells[0].split("L")[0];
  const [, outer] = cells.at(-1).match(/L(.*)L/);
  const last = cells[0].match(/L[^L]*$/)[0];
  const one = path(name, [`${inner}L${outer}${last}`]);
  one.setAttribute("fill", "none");
  return one;
}

// Under the wheel: which criterion is held, its level in words, and a button for each level.
function toolOf(place, give) {
  const tool = place.parentElement.querySelector("[data-wheel-tool]");
  const keys = tool.querySelector("[data-wheel-keys]");
  tool.hidden = false;
  keys.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) give(button.value);
  });
  return {
    show(sector) {
      keys.hidden = false;
      tool.querySelector("[data-wheel-name]").textContent = asked(sector);
      tool.querySelector("[data-wheel-said]").textContent = said(sector);
      for (const button of keys.querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String(button.value === sector.radios.value));
      }
    },
  };
}
