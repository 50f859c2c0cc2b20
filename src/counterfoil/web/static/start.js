// Dropping files on the start page: they become the form's files, and the form is sent.

const form = document.getElementById("hand-in");
const drop = document.getElementById("drop");
const input = form.elements.files;

const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
for (const name of ["dragenter", "dragover"]) {
  addEventListener(name, (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    drop.classList.add("over");
  });
}
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) drop.classList.remove("over");
});
addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  drop.classList.remove("over");
  input.files = event.dataTransfer.files;
  if (input.files.length) form.requestSubmit();
});
form.addEventListener("submit", () => {
  const button = form.querySelector("button.primary");
  button.textContent = "Handing in…";
  button.setAttribute("aria-disabled", "true");
});
