// Narrows a list to the items that have all the words while they are typed; without it the form asks the server.
for (const input of document.querySelectorAll("[data-narrow]")) {
  const list = document.querySelector(input.dataset.narrow);
  const told = document.querySelector(input.dataset.told);
  const items = [...list.querySelectorAll("li")].map((item) => [item, item.textContent.toLowerCase()]);
  const groups = [...list.querySelectorAll("section")];
  const narrow = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [item, text] of items) {
      item.hidden = !words.every((word) => text.includes(word));
      shown += item.hidden ? 0 : 1;
    }
    for (const group of groups) group.hidden = !group.querySelector("li:not([hidden])");
    told.textContent = `${shown} ${shown === 1 ? "technique" : "techniques"}`;
  };
  input.addEventListener("input", narrow);
}
