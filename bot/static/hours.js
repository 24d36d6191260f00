// The page of hours: whoever gives times is there in these hours.

const weekly = document.querySelector("[name=open][value=weekly]");

document.querySelector(".week").addEventListener("input", ({ target }) => {
  if (target.value) weekly.checked = true;
});
