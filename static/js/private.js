// A page that a secret link opens is not given back by Back as it was: browsers keep whole pages
// in memory, « no-store » or not. It is blank while it is kept, and asked for again.

addEventListener("pagehide", (event) => {
  if (event.persisted) document.body.hidden = true;
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
