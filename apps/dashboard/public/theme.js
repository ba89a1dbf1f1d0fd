const chosen = localStorage.getItem("vitrine-theme");
if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
