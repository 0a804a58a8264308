// Dragging a claim to another half hour fills in the form a keyboard would fill in on its own page.
const grid = document.querySelector("[data-planner]");
const mover = document.querySelector("#mover");
let dragged = null;

const clock = (minutes) => `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

grid?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-move]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.textContent.trim());
});

grid?.addEventListener("dragover", (event) => {
  const cell = event.target.closest("td[data-day]");
  if (!dragged || !cell) return;
  event.preventDefault();
  grid.querySelector(".over")?.classList.remove("over");
  cell.classList.add("over");
});

grid?.addEventListener("dragend", () => {
  grid.querySelector(".over")?.classList.remove("over");
  dragged = null;
});

grid?.addEventListener("drop", (event) => {
  const cell = event.target.closest("td[data-day]");
  if (!dragged || !cell) return;
  event.preventDefault();
  const [hours, minutes] = cell.dataset.time.split(":").map(Number);
  const end = hours * 60 + minutes + Number(dragged.dataset.minutes);
  mover.action = dragged.dataset.move;
  mover.elements.day.value = cell.dataset.day;
  mover.elements.starts.value = cell.dataset.time;
  mover.elements.ends.value = clock(end);
  mover.elements.days.value = Math.floor(end / 1440) + 1;
  mover.submit();
});
