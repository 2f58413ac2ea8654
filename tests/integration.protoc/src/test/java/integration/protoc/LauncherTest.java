package integration.protoc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.EmptyProto;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher for a plain protoc, as it is packaged. */
final class LauncherTest {
  private static final Path LAUNCHER =
      Path.of("../../grpc.protoc/target/dist/protoc-gen-tenon").toAbsolutePath().normalize();

  private static ProcessBuilder launcher() {
    assumeTrue(Files.isExecutable(LAUNCHER), "packaged by: mvn -pl grpc.protoc package");
    var command = new ProcessBuilder(LAUNCHER.toString()).redirectError(Redirect.DISCARD);
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return command;
  }

  @Test
  void itGenerates() throws Exception {
    var response = Plugin.answer(launcher(), EmptyProto.getDescriptor().toProto());
    assertEquals("", response.getError());
  }

  /** The JVM would say so on the output, which protoc reads. */
  @ParameterizedTest
  @ValueSource(strings = {"-XX:SharedArchiveFile=/none", "-XX:AOTCache=/none"})
  void whatTheJvmHasToSayIsNotInTheAnswer(String options) throws Exception {
    var command = launcher();
    command.environment().put("JAVA_TOOL_OPTIONS", options);
    var response = Plugin.answer(command, EmptyProto.getDescriptor().toProto());
    assertEquals("", response.getError());
    assertEquals(0, response.getFileCount());
  }
}
