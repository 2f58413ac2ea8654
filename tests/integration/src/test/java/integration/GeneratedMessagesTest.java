package integration;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The toString of messages reflects, from module com.google.protobuf, on each of their fields. */
class GeneratedMessagesTest {
  @ParameterizedTest
  @ValueSource(strings = {"examples.greeter", "interop", "benchmarks", "grpc.codec.protobuf"})
  void everyMessageCanBePrinted(String name) throws IOException {
    var module = ModuleLayer.boot().findModule(name).orElseThrow();
    var reference = module.getLayer().configuration().findModule(name).orElseThrow().reference();
    boolean found = false;
    try (var reader = reference.open();
        var entries = reader.list()) {
      for (String entry : entries.filter(e -> e.endsWith(".class")).toList()) {
        var className = entry.substring(0, entry.length() - 6).replace('/', '.');
        var type = className.equals("module-info") ? null : Class.forName(module, className);
        if (type != null && Message.class.isAssignableFrom(type) && !type.isInterface()) {
          assertNotNull(Internal.getDefaultInstance(type.asSubclass(Message.class)).toString());
          found = true;
        }
      }
    }
    assertFalse(!found, () -> "no message in " + name);
  }
}
