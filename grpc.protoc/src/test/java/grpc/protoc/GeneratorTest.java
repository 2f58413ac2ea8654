package grpc.protoc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GeneratorTest {
  private static final FileDescriptorProto GREETER =
      Files.file(
          """
          name: "demo/greeter.proto"
          package: "demo.v1"
          options { java_package: "com.example.demo" java_multiple_files: true }
          message_type { name: "Hello" }
          message_type { name: "Note" }
          service {
            name: "Greeter"
            method { name: "SayHello" input_type: ".demo.v1.Hello" output_type: ".demo.v1.Note" }
            method {
              name: "Watch" input_type: ".demo.v1.Hello" output_type: ".demo.v1.Note"
              server_streaming: true
            }
            method {
              name: "Collect" input_type: ".demo.v1.Note" output_type: ".demo.v1.Hello"
              client_streaming: true
            }
            method {
              name: "Chat" input_type: ".demo.v1.Note" output_type: ".demo.v1.Note"
              client_streaming: true server_streaming: true options { deprecated: true }
            }
          }
          source_code_info {
            location { path: 6 path: 0 leading_comments: " Greets.\\n\\n Politely, */ & <b>.\\n" }
            location { path: 6 path: 0 path: 2 path: 0 trailing_comments: " Says @hello.\\n" }
          }
          """);

  @Test
  void eachServiceHasThreeSources() throws IOException {
    var sources = Files.sources(Files.generate(GREETER));
    assertEquals(
        Set.of(
            "com/example/demo/GreeterMethods.java",
            "com/example/demo/GreeterClient.java",
            "com/example/demo/GreeterService.java"),
        sources.keySet());
    for (var kind : new String[] {"Methods", "Client", "Service"}) {
      assertEquals(
          golden("Greeter" + kind), sources.get("com/example/demo/Greeter" + kind + ".java"));
    }
  }

  @Test
  void onlyTheFilesThatWereAskedForAreGenerated() {
    var response =
        Generator.generate(CodeGeneratorRequest.newBuilder().addProtoFile(GREETER).build());
    assertEquals(0, response.getFileCount());
    assertEquals("", response.getError());
  }

  @Test
  void editionsFromProto2To2026AreDeclared() {
    var response = Files.generate();
    assertEquals(Edition.EDITION_PROTO2_VALUE, response.getMinimumEdition());
    assertEquals(Edition.EDITION_2026_VALUE, response.getMaximumEdition());
    assertEquals(3, response.getSupportedFeatures());
  }

  @Test
  void aMessageInTheUnnamedPackageCannotBeUsedFromANamedOne() {
    var unnamed = Files.file("name: \"lost.proto\" message_type { name: \"Lost\" }");
    var user =
        Files.file(
            """
            name: "user.proto" package: "user" dependency: "lost.proto"
            service { name: "User" method { name: "Use" input_type: ".Lost" output_type: ".Lost" } }
            """);
    var response = Files.generate(unnamed, user);
    assertEquals(0, response.getFileCount());
    assertTrue(
        response
            .getError()
            .startsWith("user.proto: method Use uses message Lost, whose class is in"),
        response.getError());
  }

  @Test
  void theUnnamedPackageMayUseItself() {
    var file =
        Files.file(
            """
            name: "own.proto" message_type { name: "M" }
            service { name: "Own" method { name: "Use" input_type: ".M" output_type: ".M" } }
            """);
    var sources = Files.sources(Files.generate(file));
    assertEquals(Set.of("OwnMethods.java", "OwnClient.java", "OwnService.java"), sources.keySet());
    assertTrue(sources.get("OwnClient.java").contains("public OwnOuterClass.M use("));
  }

  @Test
  void lightMessagesHaveNoSchema() {
    var request =
        CodeGeneratorRequest.newBuilder()
            .addProtoFile(GREETER)
            .addFileToGenerate(GREETER.getName())
            .setParameter("lite")
            .build();
    var service =
        Files.sources(Generator.generate(request)).get("com/example/demo/GreeterService.java");
    assertFalse(service.contains("getDescriptor"), service);
  }

  @Test
  void anotherParameterIsAnError() {
    var request = CodeGeneratorRequest.newBuilder().setParameter("light").build();
    assertEquals(
        "tenon: unknown parameter \"light\" (expected: none, or lite)",
        Generator.generate(request).getError());
  }

  private static String golden(String name) throws IOException {
    try (var in = GeneratorTest.class.getResourceAsStream(name + ".golden")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
