package grpc.protoc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "SayHello, sayHello, SAY_HELLO",
    "sayHello, sayHello, SAY_HELLO",
    "say_hello, sayHello, SAY_HELLO",
    "URLFetch, uRLFetch, URL_FETCH",
    "Get2Things, get2Things, GET2_THINGS",
    "Class, class_, CLASS",
    "Wait, wait_, WAIT",
    "True, true_, TRUE",
    "With, with_, WITH",
    "X, x, X",
    "_, __, __",
    "__, __, __",
    "_1, _1, _1",
    "_1a, _1A, _1A",
    "_x, x, _X",
    "get_class, getClass_, GET_CLASS",
  })
  void methodsAndConstantsFollowJavasCustom(String proto, String method, String constant) {
    assertEquals(method, Names.method(proto));
    assertEquals(constant, Names.constant(proto));
  }

  @ParameterizedTest
  @CsvSource({
    "demo/greeter.proto, Greeter",
    "demo/foo_bar-baz.proto, FooBarBaz",
    "v1beta2.proto, V1Beta2",
    "demo/taken.proto, TakenOuterClass",
    "nested.proto, NestedOuterClass",
  })
  void theClassOfAFileIsNamedAsProtocNamesIt(String path, String outerClass) {
    var file =
        Files.file(
            """
            name: "%s" enum_type { name: "Taken" }
            message_type { name: "M" nested_type { name: "Nested" } }
            """
                .formatted(path));
    assertEquals(outerClass, JavaFile.of(file).outerClass());
  }

  @ParameterizedTest
  @CsvSource({
    "demo/greeter.proto, GreeterProto",
    "demo/foo_bar-baz.proto, FooBarBazProto",
    "demo/taken.proto, TakenProto",
    "demo/taken_proto.proto, TakenProtoProto",
  })
  void sinceEdition2024TheClassOfAFileEndsInProto(String path, String outerClass) {
    var file =
        Files.file(
            """
            name: "%s" syntax: "editions" edition: EDITION_2024 enum_type { name: "Taken" }
            """
                .formatted(path));
    assertEquals(outerClass, JavaFile.of(file).outerClass());
  }
}
