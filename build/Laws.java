import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Checks what javac does not: names of modules and packages, that META-INF/services is made where
 * it is due, that packages form no cycle (as far as imports show), that files are as long as their
 * concern, that each branch has braces, and that docs/logging.md lists each logger.
 *
 * <p>A file is as long as its concern. Aim at 100 lines. At 300, look for a second concern; if
 * there is none, the file stands here with the reason. Never split a class by a superclass.
 */
static final int LONGEST_FILE = 300;

static final Map<String, String> LONGER =
    Map.ofEntries(
        Map.entry("CallOptions", "one method and its contract for each option"),
        Map.entry("GrpcChannelBuilder", "one method and its contract for each option"),
        Map.entry("CallLifetime", "a call's life, and all that can end it"),
        Map.entry("RunningCall", "a server's call and its context, one object"),
        Map.entry("GrpcServerBuilder", "one method and its contract for each option"),
        Map.entry("ChannelOptionsTest", "one row for each option"),
        Map.entry("ServerOptionsTest", "one row for each option"),
        Map.entry("RuntimeCheckTest", "one case for each finding"),
        Map.entry("FrameReader", "RFC 9113 §6, type by type"),
        Map.entry("Writer", "one arm for each command, twice: written and dropped"),
        Map.entry("Outbox", "one algorithm, with its proof in comments"),
        Map.entry("TcpWire", "one socket, from its registration to its end"),
        Map.entry("Connection", "a connection's life, in the order of its events"),
        Map.entry("Stream", "one queue between loop and reader, with its accounts"),
        Map.entry("ServerCallStream", "a server's call, state by state"),
        Map.entry("FakeServerCallTest", "one fake call, case by case"),
        Map.entry("ChannelCoreTest", "one channel's life, case by case"),
        Map.entry("SubchannelPoolTest", "one connection's life, case by case"),
        Map.entry("DnsResolverTest", "one resolver's answers, case by case"));

static final Pattern MODULE = Pattern.compile("^(?:open )?module ([\\w.]+)", Pattern.MULTILINE);
static final Pattern PROVIDES = Pattern.compile("^ +provides ", Pattern.MULTILINE);
static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
static final Pattern IMPORT =
    Pattern.compile(
        "^import (?:static )?([a-z0-9_]+(?:\\.[a-z0-9_]+)*)\\.[A-Z]", Pattern.MULTILINE);

static final Pattern BARE_BRANCH =
    Pattern.compile("^ +(?:if|for|while) \\(.*\\) [^{\\n]*;(?: //.*)?$", Pattern.MULTILINE);
static final Pattern LOGGER = Pattern.compile("getLogger\\(\\s*([^)]*)\\)");

final List<String> broken = new ArrayList<>();
String loggers = "";

void main(String[] args) throws IOException {
  var root = Path.of(args[0]);
  loggers = Files.readString(root.resolve("docs/logging.md"));
  try (var folders = Files.newDirectoryStream(root)) {
    for (Path folder : folders) {
      if (Files.exists(folder.resolve("src/main/java/module-info.java"))) {
        module(folder);
      }
    }
  }
  broken.forEach(System.err::println);
  System.exit(broken.isEmpty() ? 0 : 1);
}

void module(Path folder) throws IOException {
  String name = folder.getFileName().toString();
  var info = Files.readString(folder.resolve("src/main/java/module-info.java"));
  var declared = MODULE.matcher(info);
  require(
      declared.find() && declared.group(1).equals(name),
      "%s: the module is not named like its folder",
      name);
  require(
      !PROVIDES.matcher(info).find()
          || Files.readString(folder.resolve("pom.xml"))
              .contains("<services.skip>false</services.skip>"),
      "%s: it provides a service, so its pom.xml needs <services.skip>false</services.skip>",
      name);
  var imports = new TreeMap<String, Set<String>>();
  try (var sources = Files.walk(folder.resolve("src"))) {
    for (Path source : sources.filter(p -> p.toString().endsWith(".java")).toList()) {
      source(
          name, source, source.startsWith(folder.resolve("src/main")) ? imports : new TreeMap<>());
    }
  }
  imports.values().forEach(targets -> targets.retainAll(imports.keySet()));
  for (String start : imports.keySet()) {
    cycle(imports, start, new ArrayDeque<>());
  }
}

void source(String module, Path source, Map<String, Set<String>> imports) throws IOException {
  var text = Files.readString(source);
  long lines = text.lines().count();
  String name = source.getFileName().toString().replace(".java", "");
  require(
      lines <= LONGEST_FILE || LONGER.containsKey(name) || name.endsWith("Table"),
      "%s: %d lines (expected: at most %d, or a reason in build/Laws.java)",
      source,
      lines,
      LONGEST_FILE);
  require(!BARE_BRANCH.matcher(text).find(), "%s: a branch or loop without braces", source);
  if (source.toString().contains("/src/main/")) {
    LOGGER
        .matcher(text)
        .results()
        .map(r -> r.group(1))
        .forEach(logger ->
            require(
                logger.startsWith("\"") && loggers.contains("`" + logger.replace("\"", "") + "`"),
                "%s: logger %s is not in docs/logging.md (expected: one named by concern)",
                source,
                logger));
  }
  var found = PACKAGE.matcher(text);
  if (found.find()) {
    String own = found.group(1);
    require(
        own.equals(module) || own.startsWith(module + "."),
        "%s: package %s does not start with the module's name",
        source,
        own);
    var targets = imports.computeIfAbsent(own, _ -> new TreeSet<>());
    IMPORT
        .matcher(text)
        .results()
        .map(r -> r.group(1))
        .filter(p -> !p.equals(own))
        .forEach(targets::add);
  }
}

/** Reports a cycle once: from its alphabetically first package. */
void cycle(Map<String, Set<String>> imports, String at, Deque<String> path) {
  if (path.contains(at)) {
    require(!at.equals(path.getFirst()), "packages form a cycle: %s", String.join(" -> ", path));
    return;
  }
  path.addLast(at);
  for (String next : imports.get(at)) {
    if (next.compareTo(path.getFirst()) >= 0) {
      cycle(imports, next, path);
    }
  }
  path.removeLast();
}

void require(boolean holds, String message, Object... arguments) {
  if (!holds) {
    broken.add(message.formatted(arguments));
  }
}
