// The key is kept in this browser and sent with every request and subscription of the page.
const KEY = "ledgerdesk:key";
const input = document.getElementById("key");
const told = document.getElementById("told");

const EXAMPLE = `# Paste an admin key above; it stays in this browser.
query Desk {
  workspace { name running missing bots { role username } }
  queue(first: 10) {
    nodes { number topic clientName waitingSince holder { name } }
    position
  }
}
`;

function remembered() {
  return window.localStorage.getItem(KEY) || "";
}

function tell() {
  told.textContent = remembered()
    ? "The key is remembered in this browser."
    : "Without a key you see the schema only.";
}

input.value = remembered();
tell();
input.addEventListener("change", () => {
  window.localStorage.setItem(KEY, input.value.trim());
  window.location.reload();
});

const address = new URL("/graphql", window.location.href);
const socket = new URL(address);
socket.protocol = address.protocol === "http:" ? "ws:" : "wss:";
const key = remembered();
const headers = key ? { Authorization: `Bearer ${key}` } : {};
const fetcher = GraphiQL.createFetcher({
  url: address.toString(),
  subscriptionUrl: socket.toString(),
  headers,
  wsConnectionParams: headers,
});

function Page() {
  const [query, setQuery] = React.useState(undefined);
  return React.createElement(GraphiQL, {
    fetcher,
    query,
    onEditQuery: setQuery,
    defaultQuery: EXAMPLE,
    defaultEditorToolsVisibility: true,
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: true,
    inputValueDeprecation: true,
    plugins: [GraphiQLPluginExplorer.explorerPlugin()],
  });
}

ReactDOM.createRoot(document.getElementById("graphiql")).render(React.createElement(Page));
