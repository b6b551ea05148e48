// The slider over the generations: pictures or texts, and two generations side by side.
function picture(place, frame, panel, step, generation) {
  const image = place.querySelector("img");
  if (frame) image.src = frame;
  image.classList.toggle("gone", !frame);
  image.alt = frame ? `Rows of ${panel.label} at generation ${generation}` : "";
}

function write(place, frame) {
  const stretch = ([text, lost]) => lost ? element("del", text) : document.createTextNode(text);
  place.querySelector(".made").replaceChildren(...(frame?.made ?? []).map(text => element("p", text)));
  place.querySelector(".lost").replaceChildren(...(frame?.real ?? []).map(stretch));
}

class Player {
  constructor(section) {
    Object.assign(this, data.players[section.dataset.player]);
    this.run = section.dataset.player;
    this.section = section;
    this.panelled = all("[data-panel]", section);
    [this.slider, this.said] = [section.querySelector("input"), section.querySelector(".where")];
    [this.button, this.pin] = [section.querySelector(".play"), section.querySelector(".beside")];
    this.last = this.generations.length - 1;
    this.step = this.last;
    this.beside = null;
    this.slider.addEventListener("input", () => { this.stop(); this.show(Number(this.slider.value)); remember(this.generations[this.step]); });
    this.button.addEventListener("click", () => this.timer ? this.stop() : this.play());
    this.pin.addEventListener("click", () => this.keep(this.beside === null ? this.step : null));
    this.button.disabled = !this.last;
  }

  show(step) {
    const generation = this.generations[step];
    this.step = step;
    this.slider.value = step;
    this.slider.setAttribute("aria-valuetext", `generation ${generation}`);
    const kept = this.beside === null ? [] : [" beside generation ", element("b", this.generations[this.beside])];
    this.said.replaceChildren("Generation ", element("b", generation), ...kept);
    this.panelled.forEach((place, index) => this.fill(place.querySelector(".frame"), this.panels[index], step));
  }

  fill(place, panel, step) {
    const frame = panel.frames[step], text = place.querySelector(".made");
    if (text) write(place, frame);
    else picture(place, frame, panel, step, this.generations[step]);
    place.querySelector(".figures").textContent = panel.figures[step];
    place.querySelector(".note").textContent = frame ? panel.notes[step] : "not recorded";
  }

  // The generation that stands now stays where it is, beside the one that the slider shows.
  keep(step) {
    all(".frame.kept", this.section).forEach(frame => frame.remove());
    this.beside = step;
    this.pin.setAttribute("aria-pressed", String(step !== null));
    this.section.classList.toggle("pair", step !== null);
    if (step !== null) {
      this.panelled.forEach((place, index) => {
        const frame = place.querySelector(".frame").cloneNode(true);
        frame.classList.add("kept");
        this.fill(frame, this.panels[index], step);
        frame.prepend(element("p", `Generation ${this.generations[step]}`, { class: "quiet" }));
        place.append(frame);
      });
    }
    this.show(this.step);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.button.textContent = "Play";
    this.button.setAttribute("aria-pressed", "false");
  }

  play() {
    if (this.step === this.last) this.show(0);
    this.button.textContent = "Pause";
    this.button.setAttribute("aria-pressed", "true");
    this.timer = setInterval(() => {
      this.show(this.step + 1);
      if (this.step === this.last) this.stop();
    }, 700);
  }
}
const players = all("[data-player]").map(section => new Player(section));
