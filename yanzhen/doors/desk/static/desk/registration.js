// Shows the guardian's part of the quick form as soon as the birth date is that of a child under 14.
const form = document.querySelector("[data-registration]");
const born = form?.elements.born_on;
const part = form?.querySelector("[data-guardian]");

function under14(text) {
  const numbers = text.normalize("NFKC").match(/^\s*(\d{4})\D?(\d{1,2})?\D?(\d{1,2})?/);
  if (!numbers) return false;
  const birthday = new Date(Number(numbers[1]) + 14, Number(numbers[2] ?? 1) - 1, Number(numbers[3] ?? 1));
  return birthday > new Date();
}

born?.addEventListener("change", () => {
  if (under14(born.value)) part.open = true;
});
