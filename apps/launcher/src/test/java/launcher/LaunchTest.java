package launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class LaunchTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int launch(Command command, String... args) {
    var flags =
        Flags.of("tool", "does things")
            .required("target", "TARGET", "whom to call")
            .option("port", "N", "80", "TCP port")
            .option("note", "TEXT", "", "what to say")
            .flag("fast", "at full speed");
    return Launch.exitCode(
        flags, args, command, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  private void refuses(String problem, String... args) {
    assertEquals(2, launch(flags -> flags.port("port", 1) * flags.number("note", 0), args));
    assertEquals("tool: " + problem + "; see tool --help\n", err.toString(UTF_8));
    assertEquals("", out.toString(UTF_8));
  }

  @Test
  void exitCodeIsTheCommands() {
    assertEquals(7, launch(flags -> 7, "--target=x"));
    assertEquals("", err.toString(UTF_8));
  }

  @Test
  void valuesComeFromTheCommandLineOrAreTheInitialOnes() {
    launch(
        flags -> {
          assertEquals("a=b", flags.text("target"));
          assertEquals(80, flags.port("port", 0));
          assertEquals("", flags.text("note"));
          assertTrue(flags.on("fast"));
          assertFalse(flags.on("trace"));
          return 0;
        },
        "--target=a=b",
        "--fast");
    assertEquals("", err.toString(UTF_8));
  }

  @Test
  void helpNamesEachFlagWithItsDefault() {
    assertEquals(0, launch(flags -> 1, "--help"));
    assertEquals(
        """
        tool: does things

          --help                   print this
          --modules                print the providers and their modules
          --trace                  print the stack trace of an error, too
          --target TARGET          whom to call (required)
          --port N                 TCP port (default 80)
          --note TEXT              what to say
          --fast                   at full speed
        """,
        out.toString(UTF_8));
  }

  @Test
  void modulesListsTheKernelsOwnResolversToo() {
    assertEquals(0, launch(flags -> 1, "--modules"));
    assertTrue(
        out.toString(UTF_8).lines().anyMatch(l -> l.matches("resolver +unix +grpc.kernel .*")),
        out.toString(UTF_8));
  }

  @Test
  void unknownFlagIsNamed() {
    refuses("unknown argument --tarmac=1", "--tarmac=1");
  }

  @Test
  void wordThatIsNoFlagIsNamed() {
    refuses("unknown argument start", "--target", "x", "start");
  }

  @Test
  void missingValueIsNamed() {
    refuses("--target needs a value: --target TARGET", "--target");
  }

  @Test
  void missingFlagIsNamed() {
    refuses("--target TARGET is missing", "--port", "1");
  }

  @Test
  void flagGivenTwiceIsNamed() {
    refuses("--port is given twice", "--port", "1", "--port", "2");
  }

  @Test
  void switchTakesNoOtherValue() {
    refuses("--fast=yes (expected: true or false)", "--fast=yes");
  }

  @Test
  void portOutOfRangeIsRefused() {
    refuses("--port 65536 (expected: a port from 1 to 65535)", "--target=x", "--port=65536");
  }

  @Test
  void portZeroIsRefusedWhereItMeansNothing() {
    refuses("--port 0 (expected: a port from 1 to 65535)", "--target=x", "--port=0");
  }

  @Test
  void wordIsNoNumber() {
    refuses(
        "--note many (expected: a whole number from 0 to 2147483647)", "--target=x", "--note=many");
  }

  @Test
  void numberTooLargeIsRefused() {
    refuses(
        "--note 3000000000 (expected: a whole number from 0 to 2147483647)",
        "--target=x",
        "--note=3000000000");
  }

  @Test
  void whatTheUserCanMendIsOneLine() {
    for (var problem :
        new RuntimeException[] {
          Status.unavailable("nobody there").asException(),
          new IllegalStateException("UNAVAILABLE: nobody there"),
          new UncheckedIOException("UNAVAILABLE: nobody there", new IOException("x"))
        }) {
      err.reset();
      int exit =
          launch(
              flags -> {
                throw problem;
              },
              "--target=x");
      assertEquals(1, exit);
      assertEquals("tool: UNAVAILABLE: nobody there\n", err.toString(UTF_8));
    }
  }

  @Test
  void traceShowsTheStackToo() {
    launch(
        flags -> {
          throw new IllegalStateException("broken");
        },
        "--target=x",
        "--trace");
    assertTrue(err.toString(UTF_8).contains("\tat "), err.toString(UTF_8));
    assertTrue(err.toString(UTF_8).endsWith("tool: broken\n"), err.toString(UTF_8));
  }

  @Test
  void mistakeOfTheProgramShowsItsStack() {
    int exit =
        launch(
            flags -> {
              throw new ClassCastException("oops");
            },
            "--target=x");
    assertEquals(1, exit);
    assertTrue(
        err.toString(UTF_8).contains("ClassCastException: oops\n\tat "), err.toString(UTF_8));
  }
}
