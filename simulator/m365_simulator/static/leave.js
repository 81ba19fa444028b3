// On to the application once every frame has loaded, or after five seconds.
const leave = () => location.replace(document.getElementById("on").href);
addEventListener("load", leave);
setTimeout(leave, 5000);
