/* Asks why one camera is looked at by itself, before its first picture; the server keeps the answer. */
(function () {
  "use strict";
  const yiping = window.yiping;
  const say = yiping.say;
  const el = yiping.el;
  const PURPOSES = ["incident", "emergency", "legal_duty", "superior_request", "maintenance"];

  /* reason: what brought the camera to the front, or null; go([purpose, reason]) follows. */
  yiping.whyForm = function (reason, go) {
    const form = el("form", "picture-why");
    const purpose = el("select");
    purpose.name = "purpose";
    for (const code of PURPOSES) {
      purpose.append(Object.assign(el("option", "", yiping.named("purpose", code)), { value: code }));
    }
    const words = el("input");
    Object.assign(words, { name: "reason", required: true, maxLength: 200, autocomplete: "off" });
    if (reason) words.value = [reason.text, reason.where].filter(Boolean).join(" · ");
    form.append(el("p", "", say("mosaic.why_hint")), field("mosaic.why_purpose", purpose),
      field("mosaic.why_reason", words), el("button", "", say("mosaic.look")));
    form.onsubmit = (event) => {
      event.preventDefault();
      const typed = words.value.trim();
      if (!typed) return;
      form.remove();
      go([purpose.value, typed]);
    };
    return form;
  };
  function field(code, input) {
    const label = el("label", "", say(code));
    label.append(input);
    return label;
  }
})();
