package integration.protoc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import integration.protoc.bare.BareProto.Bare;
import integration.protoc.edition.Edition2023;
import integration.protoc.edition2024.Ask;
import integration.protoc.edition2024.Edition2024Proto;
import integration.protoc.edition2024.imported.Chosen;
import integration.protoc.edition2026.New;
import integration.protoc.names.M;
import integration.protoc.single.SingleFileOuterClass.SingleFile;
import integration.protoc.tricky.Outer;
import integration.protoc.wayout.GreeterServiceProto;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MessagesTest {
  static Stream<Message> messages() {
    return Stream.of(
        Bare.newBuilder().setText("x").build(),
        Edition2023.Request.newBuilder().setText("x").build(),
        Ask.newBuilder().setText("x").build(),
        Edition2024Proto.Answer.newBuilder().setText("x").build(),
        New.newBuilder().setText("x").build(),
        Chosen.Far.newBuilder().setText("x").build(),
        M.newBuilder().setText("x").build(),
        GreeterServiceProto.Hello.newBuilder().setText("x").build(),
        Outer.newBuilder().setText("x").build(),
        SingleFile.newBuilder().setText("x").build());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void theirToStringReflects(Message message) {
    assertEquals("text: \"x\"", message.toString().strip());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void protobufFindsTheirDefaultInstance(Message message) {
    assertEquals(
        message.getDefaultInstanceForType(), Internal.getDefaultInstance(message.getClass()));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void oneOfTheirPackagesIsExportedToProtobufAlone(Message message) {
    var type = message.getClass();
    var module = type.getModule();
    var protobuf = Message.class.getModule();
    assertTrue(module.isExported(type.getPackageName(), protobuf));
    assertEquals(type != Bare.class, module.isExported(type.getPackageName()));
    assertFalse(module.isOpen(type.getPackageName()));
  }
}
