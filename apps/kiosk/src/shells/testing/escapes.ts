/**
 * One way out of a kiosk, as data. `keys` are pressed on a real keyboard of the display, as are the pointer's
 * doings; `page` is the body of an async function that runs in a web page on the glass and returns a text that
 * begins with `out` if it got what it wanted. Whatever it is, the glass is watched while and after it is tried.
 */
export type Escape = { name: string } & (
  | { kind: "keys"; keys: string }
  /** Arguments of xdotool, one doing after another. */
  | { kind: "pointer"; doings: readonly string[] }
  | { kind: "page"; code: string }
);

const keys = (...combinations: string[]): Escape[] =>
  combinations.map((combination) => ({ kind: "keys", name: `key ${combination}`, keys: combination }));

const pointer = (name: string, ...doings: string[]): Escape => ({ kind: "pointer", name, doings });
const page = (name: string, code: string): Escape => ({ kind: "page", name, code });

/** Asks for something by a promise: got, or refused. */
const asks = (name: string, expression: string): Escape =>
  page(name, `const got = await (${expression}); return got ? "out: " + got : "refused: " + got;`);
/** Goes to an address in the frame, by the top, and in a window. */
const opens = (name: string, url: string): Escape =>
  page(
    name,
    `const url = ${JSON.stringify(url)};
     for (const target of ["_top", "_blank", "_parent"]) {
       const link = Object.assign(document.createElement("a"), { href: url, target, rel: "opener" });
       document.body.append(link); link.click();
     }
     const opened = window.open(url);
     try { top.location.href = url; } catch {}
     const frame = document.body.appendChild(document.createElement("iframe")); frame.src = url;
     try { location.href = url; } catch {}
     return opened ? "out: a window" : "refused";`,
  );

/** In the order of their trying: what may take the page with it comes last. */
export const ESCAPES: readonly Escape[] = [
  ...keys(
    "alt+Tab",
    "alt+shift+Tab",
    "alt+F4",
    "ctrl+w",
    "ctrl+shift+w",
    "ctrl+F4",
    "ctrl+q",
    "ctrl+shift+q",
  ),
  ...keys(
    "ctrl+r",
    "ctrl+shift+r",
    "F5",
    "ctrl+F5",
    "ctrl+shift+i",
    "ctrl+shift+j",
    "ctrl+shift+c",
    "F12",
    "ctrl+u",
  ),
  ...keys(
    "ctrl+plus",
    "ctrl+minus",
    "ctrl+0",
    "ctrl+p",
    "ctrl+shift+p",
    "ctrl+o",
    "ctrl+s",
    "ctrl+j",
    "ctrl+h",
  ),
  ...keys(
    "ctrl+n",
    "ctrl+shift+n",
    "ctrl+t",
    "ctrl+shift+t",
    "ctrl+l",
    "ctrl+k",
    "ctrl+e",
    "alt+d",
    "F6",
    "ctrl+d",
  ),
  ...keys(
    "ctrl+shift+d",
    "ctrl+f",
    "ctrl+g",
    "F3",
    "F1",
    "F7",
    "F10",
    "F11",
    "Escape",
    "alt+f",
    "alt+e",
    "alt+space",
  ),
  ...keys(
    "alt+Left",
    "alt+Right",
    "alt+Home",
    "BackSpace",
    "ctrl+Tab",
    "ctrl+1",
    "ctrl+Page_Down",
    "ctrl+shift+a",
  ),
  ...keys("ctrl+shift+b", "ctrl+shift+o", "ctrl+shift+m", "ctrl+shift+Delete", "ctrl+m", "shift+Escape"),
  ...keys(
    "ctrl+shift+Escape",
    "ctrl+alt+Delete",
    "ctrl+alt+t",
    "Super_L",
    "Alt_L",
    "Menu",
    "shift+F10",
    "Print",
  ),
  ...keys("XF86Back", "XF86HomePage", "XF86Reload", "XF86Search", "XF86Mail", "XF86WWW", "XF86Explorer"),

  pointer("right click on the stage", "mousemove 900 300 click 3"),
  pointer("right click on the page", "mousemove 300 300 click 3"),
  pointer(
    "middle click, as for scrolling and pasting",
    "mousemove 300 300 click 2",
    "mousemove 900 300 click 2",
  ),
  pointer("long press", "mousemove 300 300 mousedown 1", "sleep 0.7", "mouseup 1"),
  pointer(
    "swipe from the left edge",
    "mousemove 0 300 mousedown 1 mousemove 200 300 mousemove 600 300 mouseup 1",
  ),
  pointer(
    "swipe from the top edge",
    "mousemove 640 0 mousedown 1 mousemove 640 200 mousemove 640 500 mouseup 1",
  ),
  pointer("rest at the top edge, where a bar might come", "mousemove 640 0", "sleep 0.4", "mousemove 640 1"),
  pointer("zoom by the wheel", "mousemove 900 300 keydown ctrl click 4 click 4 click 5 keyup ctrl"),
  pointer("sideways wheel, as for going back", "mousemove 300 300 click 6 click 6 click 6 click 6"),
  pointer("buttons of going back and forward", "mousemove 900 300 click 8 click 9"),
  pointer(
    "drag a link from the page onto the stage",
    "mousemove 100 60 mousedown 1 mousemove 300 80 mousemove 900 300 mouseup 1",
  ),
  pointer(
    "mark everything and drag it",
    "mousemove 900 300 key ctrl+a mousedown 1 mousemove 300 500 mouseup 1",
  ),
  pointer(
    "click with every modifier",
    ...["ctrl", "shift", "alt", "super"].map((key) => `mousemove 100 60 keydown ${key} click 1 keyup ${key}`),
  ),

  page("window.open", `return window.open("about:blank") ? "out" : "refused";`),
  page(
    "window.open as a pop-up",
    `return window.open("about:blank", "x", "popup,width=200,height=200") ? "out" : "refused";`,
  ),
  page(
    "form to a new window",
    `document.body.insertAdjacentHTML("beforeend", "<form target=_blank action=/plain></form>"); document.forms[0].submit(); return "tried";`,
  ),
  page(
    "form to the top",
    `document.body.insertAdjacentHTML("beforeend", "<form target=_top action=/plain id=t></form>"); document.forms.t.submit(); return "tried";`,
  ),
  page(
    "top.location",
    `try { top.location.replace("/plain"); } catch (error) { return error.name; } return "tried";`,
  ),
  page(
    "top.close and top.stop",
    `try { top.close(); top.stop(); } catch (error) { return error.name; } return "tried";`,
  ),
  page(
    "read the stage's document",
    `try { return "out: " + top.document.title; } catch (error) { return error.name; }`,
  ),
  page(
    "read the window above",
    `try { return "out: " + parent.innerWidth; } catch (error) { return error.name; }`,
  ),
  page(
    "the bridge by its binding",
    `return typeof vitrineSend === "function" || typeof vitrineReceive === "function" ? (globalThis.vitrineSend?.(JSON.stringify({ kind: "refused" })), "out") : "absent";`,
  ),
  page("the bridge by its preload", `return typeof vitrineShell === "undefined" ? "absent" : "out";`),
  page(
    "the bridge by messages",
    `for (const at of [top, parent]) for (const word of [{ kind: "refused" }, JSON.stringify({ kind: "refused" })]) at.postMessage(word, "*"); return "sent";`,
  ),
  page(
    "Node and Electron",
    `return [typeof require, typeof process, typeof Buffer, typeof electron].every((kind) => kind === "undefined") ? "absent" : "out";`,
  ),
  page(
    "our media by its address",
    `const at = location.ancestorOrigins[0] ?? ""; const image = new Image(); const done = new Promise((resolve) => { image.onload = () => resolve("out"); image.onerror = () => resolve("refused"); }); image.src = at + "/media/" + MEDIA; return await done;`,
  ),
  page(
    "the stage in a frame of ours",
    `const frame = document.body.appendChild(document.createElement("iframe")); frame.src = location.ancestorOrigins[0] + "/"; await new Promise((resolve) => { frame.onload = resolve; setTimeout(resolve, 300); }); return frame.contentDocument?.querySelector("#glass") ? "out" : "refused";`,
  ),
  page(
    "DevTools over a port",
    `for (const port of [9222, 9229, 9223, 39999]) { try { const answer = await fetch("http://127.0.0.1:" + port + "/json/version"); if (answer.ok) return "out: " + port; } catch {} } return "refused";`,
  ),
  page(
    "addresses of the network around",
    `const tries = ["http://10.0.0.1/", "http://192.168.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]:" + location.port + "/plain", "http://0.0.0.0:" + location.port + "/plain", "http://[::ffff:127.0.0.9]:" + location.port + "/plain"]; const seen = await Promise.all(tries.map((url) => fetch(url, { signal: AbortSignal.timeout(900) }).then((answer) => answer.ok, () => false))); return seen.includes(true) ? "out: " + tries[seen.indexOf(true)] : "refused";`,
  ),
  page(
    "a socket to the network around",
    `return await new Promise((resolve) => { const socket = new WebSocket("ws://127.0.0.9:" + location.port + "/socket"); socket.onopen = () => resolve("out"); socket.onerror = () => resolve("refused"); });`,
  ),
  page(
    "own addresses by WebRTC",
    `const peer = new RTCPeerConnection(); peer.createDataChannel("x"); const found = []; peer.onicecandidate = ({ candidate }) => candidate?.candidate && found.push(candidate.candidate); await peer.setLocalDescription(); await new Promise((resolve) => setTimeout(resolve, 400)); peer.close(); return found.length > 0 ? "out: " + found[0] : "none";`,
  ),
  page(
    "alert, confirm, prompt",
    `alert("x"); const said = [confirm("x"), prompt("x")]; return said[0] || said[1] ? "out" : "dismissed";`,
  ),
  page("a loop of alerts", `for (let turn = 0; turn < 30; turn += 1) alert("again"); return "through";`),
  page("print", `print(); return "tried";`),
  page("full screen", `await document.documentElement.requestFullscreen(); return "out";`),
  page(
    "full screen of a video",
    `const video = document.body.appendChild(document.createElement("video")); await video.requestFullscreen(); return "out";`,
  ),
  page(
    "picture in picture",
    `const video = document.createElement("video"); await video.requestPictureInPicture(); return "out";`,
  ),
  page("a document in a window of its own", `await documentPictureInPicture.requestWindow(); return "out";`),
  page(
    "pointer lock",
    `await document.body.requestPointerLock(); return document.pointerLockElement ? "out" : "refused";`,
  ),
  page("keyboard lock", `await navigator.keyboard.lock(); return "out";`),
  page(
    "notifications",
    `const answer = await Notification.requestPermission(); return answer === "granted" ? "out" : answer;`,
  ),
  page(
    "geolocation",
    `return await new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve("out"), (error) => resolve(error.message)));`,
  ),
  asks("camera", "navigator.mediaDevices.getUserMedia({ video: true })"),
  asks("microphone", "navigator.mediaDevices.getUserMedia({ audio: true })"),
  asks("capture of the screen", "navigator.mediaDevices.getDisplayMedia()"),
  page(
    "clipboard",
    `const wrote = await navigator.clipboard.writeText("x").then(() => true, () => false); const read = await navigator.clipboard.readText().then(() => true, () => false); return wrote || read || document.execCommand("paste") ? "out" : "refused";`,
  ),
  asks("USB", "navigator.usb.requestDevice({ filters: [] })"),
  page(
    "HID",
    `const devices = await navigator.hid.requestDevice({ filters: [] }); return devices.length > 0 ? "out" : "none";`,
  ),
  asks("serial port", "navigator.serial.requestPort()"),
  asks("Bluetooth", "navigator.bluetooth.requestDevice({ acceptAllDevices: true })"),
  asks("MIDI", "navigator.requestMIDIAccess({ sysex: true })"),
  asks("virtual reality", `navigator.xr.requestSession("immersive-vr")`),
  asks("another display", `new PresentationRequest("https://example.com/").start()`),
  asks("places of windows", "getScreenDetails()"),
  asks("idle detection", `IdleDetector.requestPermission().then((answer) => answer === "granted")`),
  asks("local fonts", "queryLocalFonts().then((fonts) => fonts.length)"),
  asks("eye dropper", "new EyeDropper().open()"),
  asks("sharing", `navigator.share({ text: "x" }).then(() => true)`),
  asks(
    "payment",
    `new PaymentRequest([{ supportedMethods: "https://example.com/pay" }], { total: { label: "x", amount: { currency: "EUR", value: "1" } } }).show()`,
  ),
  asks("passkey", "navigator.credentials.get({ publicKey: { challenge: new Uint8Array(16) } })"),
  asks("stored password", "navigator.credentials.get({ password: true })"),
  asks("storage that stays", "navigator.storage.persist()"),
  asks("storage of the first party", `document.requestStorageAccess().then(() => true)`),
  page(
    "local storage and databases",
    `try { localStorage.x = 1; return "out"; } catch {} try { indexedDB.open("x"); return "out"; } catch (error) { return error.name; }`,
  ),
  asks("service worker", `navigator.serviceWorker.register("/worker.js")`),
  asks("file picker", "showOpenFilePicker()"),
  asks("picker for saving", "showSaveFilePicker()"),
  asks("folder picker", "showDirectoryPicker()"),
  page(
    "file input",
    `const input = document.body.appendChild(document.createElement("input")); input.type = "file"; input.click(); try { input.showPicker(); return "out"; } catch (error) { return error.name; }`,
  ),
  page(
    "pickers of colour and date",
    `let shown = 0; for (const type of ["color", "date"]) { const input = document.body.appendChild(document.createElement("input")); input.type = type; input.click(); try { input.showPicker(); shown += 1; } catch {} } return shown ? "out" : "refused";`,
  ),
  page(
    "list box",
    `document.body.insertAdjacentHTML("beforeend", "<select><option>a<option>b</select>"); const box = document.querySelector("select"); box.focus(); try { box.showPicker(); return "out"; } catch (error) { return error.name; }`,
  ),
  page(
    "spelling and translation",
    `document.documentElement.lang = "de"; document.body.insertAdjacentHTML("beforeend", "<textarea spellcheck=true autofocus>Dies ist ein fremdr Tekst</textarea>"); document.querySelector("textarea").focus(); return "tried";`,
  ),
  page(
    "saving a password",
    `document.body.insertAdjacentHTML("beforeend", "<form id=f action=/plain target=x><input name=u value=a><input type=password name=p value=b></form><iframe name=x></iframe>"); document.forms.f.submit(); return "tried";`,
  ),
  page(
    "protocol handler",
    `navigator.registerProtocolHandler("web+x", location.origin + "/plain?%s"); return "tried";`,
  ),
  page(
    "installing as an app",
    `document.head.insertAdjacentHTML("beforeend", "<link rel=manifest href=/app.webmanifest>"); return await new Promise((resolve) => { addEventListener("beforeinstallprompt", () => resolve("out")); setTimeout(() => resolve("none"), 300); });`,
  ),
  page(
    "download by a link",
    `const link = Object.assign(document.createElement("a"), { href: "/attachment", download: "x.exe" }); document.body.append(link); link.click(); return "tried";`,
  ),
  page(
    "download of a blob",
    `const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob(["x"])), download: "x.sh" }); document.body.append(link); link.click(); return "tried";`,
  ),
  page(
    "download by a frame",
    `document.body.appendChild(document.createElement("iframe")).src = "/attachment"; return "tried";`,
  ),
  page(
    "PDF in a frame",
    `document.body.appendChild(document.createElement("iframe")).src = "/document.pdf"; document.body.insertAdjacentHTML("beforeend", "<embed type=application/pdf src=/document.pdf>"); return "tried";`,
  ),
  page(
    "password prompt of HTTP",
    `document.body.appendChild(document.createElement("iframe")).src = "/secret"; return "status " + (await fetch("/secret")).status;`,
  ),
  page(
    "a certificate that nobody knows",
    `document.body.appendChild(document.createElement("iframe")).src = "https://" + location.hostname + ":" + TLS_PORT + "/"; return await fetch("https://" + location.hostname + ":" + TLS_PORT + "/").then(() => "out", () => "refused");`,
  ),
  page(
    "moving and sizing the window",
    `for (const at of [self, top]) try { at.moveTo(50, 50); at.resizeTo(300, 300); at.blur(); } catch {} focus(); return "tried";`,
  ),
  page(
    "a page that hangs",
    `const until = performance.now() + 800; while (performance.now() < until); return "over";`,
  ),
  page(
    "sound and video that start by themselves",
    `const video = document.body.appendChild(document.createElement("video")); video.controls = true; video.autoplay = true; video.src = "/plain"; return "tried";`,
  ),

  opens("mail", "mailto:a@example.com"),
  opens("telephone", "tel:+4912345"),
  opens("a program of the machine", "ssh://example.com"),
  opens("a shop", "steam://run/1"),
  opens("a file of the machine", "file:///etc/passwd"),
  opens("settings of the browser", "chrome://settings/"),
  opens("inspection of the browser", "chrome://inspect/"),
  opens("DevTools of the browser", "devtools://devtools/bundled/inspector.html"),
  opens("an extension", "chrome-extension://nmmhkkegccagdldgiimedpiccmgmieda/x.html"),
  opens("a page's source", "view-source:http://example.com/"),
  opens("a script", "javascript:document.write('out')"),
  opens("data as a page", "data:text/html,out"),
  opens("a blob as a page", "blob:null/00000000-0000-0000-0000-000000000000"),
  opens("an empty page", "about:blank"),
  opens("a PDF", "/document.pdf"),
  opens("an attachment", "/attachment"),
  opens("a page that crashes its process", "chrome://crash/"),
  opens("a page that hangs its process", "chrome://hang/"),
  opens("the end of the browser", "chrome://quit/"),
  page("back in history", `history.back(); history.go(-10); return "tried";`),
  page(
    "much history, and back",
    `for (let turn = 0; turn < 60; turn += 1) history.pushState({}, "", "#" + turn); history.go(-100); try { top.history.back(); } catch {} return "tried";`,
  ),
  page(
    "leaving asks a question",
    `addEventListener("beforeunload", (event) => { event.preventDefault(); event.returnValue = "x"; }); onbeforeunload = () => "x"; location.href = "/plain"; return "tried";`,
  ),
  page(
    "meta refresh out of the frame",
    `document.head.insertAdjacentHTML("beforeend", "<meta http-equiv=refresh content='0;url=file:///etc/passwd'>"); return "tried";`,
  ),
  page(
    "document.open on the top",
    `try { top.document.open(); top.document.write("out"); return "out"; } catch (error) { return error.name; }`,
  ),
  page(
    "more memory than there is room for",
    `const kept = []; for (let turn = 0; turn < 6; turn += 1) kept.push(new Uint8Array(16 * 1024 * 1024).fill(1)); return "held " + kept.length;`,
  ),
];
