// The menu of downloads is a plain <details>; with a script it also closes by Escape, a click elsewhere, a choice.

const menu = document.querySelector(".save-as");

addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
addEventListener("click", (event) => {
  if (menu.open && !menu.contains(event.target)) menu.open = false;
});
