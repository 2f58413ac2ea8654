package grpc.kernel.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.kernel.GrpcRuntime;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Marshaller;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers that cannot be made are told as the documented exception, each time. */
@Timeout(120)
public class SystemRuntimeTest {
  private static final String SERVICE = "META-INF/services/" + Codec.class.getName();

  /** For the service loader; does not come into being. */
  public static class Throwing implements Codec {
    /** Fails. */
    public Throwing() {
      throw new AssertionError("half a plugin");
    }

    @Override
    public String name() {
      return "throwing";
    }

    @Override
    public <T> Marshaller<T> marshaller(Class<T> type) {
      throw new IllegalArgumentException("none");
    }
  }

  /** Fails before it is made. */
  public static final class Uninitialised extends Throwing {
    static final int LENGTH = System.getProperty("no.such.property").length();

    /** For the service loader. */
    public Uninitialised() {}
  }

  /** Works. */
  public static final class Working implements Codec {
    /** For the service loader. */
    public Working() {}

    @Override
    public String name() {
      return "working";
    }

    @Override
    public <T> Marshaller<T> marshaller(Class<T> type) {
      throw new IllegalArgumentException("none");
    }
  }

  /** Has the name of another. */
  public static final class Twin implements Codec {
    /** For the service loader. */
    public Twin() {}

    @Override
    public String name() {
      return "working";
    }

    @Override
    public <T> Marshaller<T> marshaller(Class<T> type) {
      throw new IllegalArgumentException("none");
    }
  }

  /** Wants the runtime that it is made for. */
  public static final class Asking implements Codec {
    /** For the service loader. */
    public Asking() {
      GrpcRuntime.system();
    }

    @Override
    public String name() {
      return "asking";
    }

    @Override
    public <T> Marshaller<T> marshaller(Class<T> type) {
      throw new IllegalArgumentException("none");
    }
  }

  /** Asks for the runtime twice. */
  public static final class Main {
    private Main() {}

    /** Prints what came of it. */
    public static void main(String[] args) {
      for (int i = 0; i < 2; i++) {
        try {
          System.out.println("made " + GrpcRuntime.system().providers().size());
        } catch (Throwable e) {
          System.out.println(e.getClass().getName() + ": " + e.getMessage());
        }
      }
    }
  }

  @TempDir private Path folder;

  private void providers(String lines) throws IOException {
    var file = folder.resolve(SERVICE);
    Files.createDirectories(file.getParent());
    Files.writeString(file, lines);
  }

  private static Stream<List<String>> broken() {
    return Stream.of(
        List.of(Throwing.class.getName(), "codec provider " + Throwing.class.getName()),
        List.of(Uninitialised.class.getName(), "codec provider " + Uninitialised.class.getName()),
        List.of("no.such.Codec", "broken codec provider: "),
        List.of("this is no class", "broken codec provider: "),
        List.of(Main.class.getName(), "broken codec provider: "),
        List.of(Asking.class.getName(), "codec provider " + Asking.class.getName()),
        List.of(
            Working.class.getName() + "\n" + Twin.class.getName(),
            "two providers of codec 'working': "));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void brokenProviderIsTheDocumentedExceptionEachTime(List<String> what) throws IOException {
    providers(what.getFirst());
    var lines =
        ChildJvm.run(Main.class, List.of(folder)).stream()
            .filter(line -> !line.startsWith("SLF4J"))
            .toList();
    assertEquals(2, lines.size(), lines::toString);
    for (String line : lines) {
      assertTrue(
          line.startsWith("java.lang.IllegalStateException: " + what.getLast()), lines::toString);
    }
  }

  @Test
  void providerWhoseSuperclassIsMissingIsNamed() throws IOException {
    String name = Uninitialised.class.getName();
    String path = name.replace('.', '/') + ".class";
    providers(name);
    Files.createDirectories(folder.resolve(path).getParent());
    try (var bytes = Uninitialised.class.getClassLoader().getResourceAsStream(path)) {
      Files.copy(Objects.requireNonNull(bytes), folder.resolve(path));
    }
    try (var loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, new WithoutThrowing())) {
      var e = assertThrows(IllegalStateException.class, () -> GrpcRuntime.of(loader));
      assertTrue(e.getMessage().startsWith("broken codec provider: "), e::toString);
      assertTrue(e.getMessage().contains("NoClassDefFoundError"), e::toString);
    }
  }

  /** Sees what the tests see, but for two classes. */
  private static final class WithoutThrowing extends ClassLoader {
    WithoutThrowing() {
      super(SystemRuntimeTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(Throwing.class.getName()) || name.equals(Uninitialised.class.getName())) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "100%", "a+b", "%zz", "ü"})
  void jarWhoseUrlIsNoUriIsTakenAllTheSame(String name) throws IOException {
    var jar = folder.resolve(name).resolve("a codec.jar");
    Files.createDirectories(jar.getParent());
    String path = Working.class.getName().replace('.', '/') + ".class";
    try (var files =
        FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of("create", "true"))) {
      Files.createDirectories(files.getPath(SERVICE).getParent());
      Files.writeString(files.getPath(SERVICE), Working.class.getName());
      Files.createDirectories(files.getPath(path).getParent());
      try (var bytes = Working.class.getClassLoader().getResourceAsStream(path)) {
        Files.copy(
            Objects.requireNonNull(bytes),
            files.getPath(path),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
    try (var loader =
        new URLClassLoader(
            new URL[] {name.contains("%") ? jar.toUri().toURL() : bare(jar)}, new Apart())) {
      var info =
          GrpcRuntime.of(loader).providers().stream()
              .filter(i -> i.name().equals("working"))
              .findFirst()
              .orElseThrow();
      assertTrue(info.location().isPresent());
    }
  }

  /** As some class loaders make them: nothing is quoted. */
  @SuppressWarnings("deprecation") // the constructor's fault is what is tested
  private static URL bare(Path jar) throws MalformedURLException {
    return new URL("file:" + jar);
  }

  /** Sees what the tests see, but for the codec in the jar. */
  private static final class Apart extends ClassLoader {
    Apart() {
      super(SystemRuntimeTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(Working.class.getName())) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
