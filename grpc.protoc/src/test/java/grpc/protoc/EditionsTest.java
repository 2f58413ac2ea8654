package grpc.protoc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the editions have messages. */
final class EditionsTest {
  private static final String NEST =
      "options { features { [pb.java] { nest_in_file_class: YES } } }";

  private static String className(String protoName, String file) throws GeneratorException {
    return JavaTypes.of(List.of(Files.file(file))).find(protoName).name();
  }

  private static FileDescriptorProto user() {
    return Files.file(
        """
        name: "user.proto" package: "user" dependency: "new.proto"
        service { name: "User" method { name: "Use" input_type: ".n.M" output_type: ".n.M" } }
        """);
  }

  @Test
  void anEditionBefore2024NestsUnlessTheFileSaysOtherwise() throws GeneratorException {
    for (String edition :
        new String[] {"", "syntax: \"proto3\" ", "syntax: \"editions\" edition: EDITION_2023 "}) {
      String file = "name: \"acme/msgs.proto\" package: \"acme\" message_type { name: \"Ask\" }";
      assertEquals("acme.Msgs.Ask", className(".acme.Ask", file + edition));
      assertEquals(
          "acme.Ask",
          className(".acme.Ask", file + edition + "options { java_multiple_files: true }"));
    }
  }

  @Test
  void edition2024HasMessagesAtTheTopUnlessTheySayOtherwise() throws GeneratorException {
    String file =
        """
        name: "acme/msgs.proto" package: "acme.two" syntax: "editions" edition: EDITION_2024
        message_type { name: "Ask" nested_type { name: "Part" } }
        message_type { name: "In" nested_type { name: "Part" } %s }
        """
            .formatted(NEST);
    assertEquals("acme.two.Ask", className(".acme.two.Ask", file));
    assertEquals("acme.two.Ask.Part", className(".acme.two.Ask.Part", file));
    assertEquals("acme.two.MsgsProto.In", className(".acme.two.In", file));
    assertEquals("acme.two.MsgsProto.In.Part", className(".acme.two.In.Part", file));
    assertEquals(
        "acme.two.Other.In.Part",
        className(".acme.two.In.Part", file + "options { java_outer_classname: \"Other\" }"));
  }

  @Test
  void featuresArePartOfWhatIsReadFromProtoc() throws IOException {
    var file =
        Files.file(
            """
            name: "a.proto" package: "a" syntax: "editions" edition: EDITION_2024
            message_type { name: "M" %s }
            service { name: "S" method { name: "Call" input_type: ".a.M" output_type: ".a.M" } }
            """
                .formatted(NEST));
    var bytes =
        CodeGeneratorRequest.newBuilder()
            .addProtoFile(file)
            .addFileToGenerate("a.proto")
            .build()
            .toByteArray();
    var request = Generator.read(new ByteArrayInputStream(bytes));
    var client = Files.sources(Generator.generate(request)).get("a/SClient.java");
    assertTrue(client.contains("public a.AProto.M call(a.AProto.M request)"), client);
  }

  @Test
  void featuresThatProtocStripsComeFromTheSourceFile() {
    String text =
        """
        name: "a.proto" package: "a" syntax: "editions" edition: EDITION_2024
        message_type { name: "M" %s }
        service { name: "S" method { name: "Call" input_type: ".a.M" output_type: ".a.M" } }
        """;
    var request =
        CodeGeneratorRequest.newBuilder()
            .addProtoFile(Files.file(text.formatted("")))
            .addSourceFileDescriptors(Files.file(text.formatted(NEST)))
            .addFileToGenerate("a.proto");
    var client = Files.sources(Generator.generate(request.build())).get("a/SClient.java");
    assertTrue(client.contains("public a.AProto.M call(a.AProto.M request)"), client);
  }

  @Test
  void aMessageOfAnEditionThatIsNotKnownIsNamed() {
    for (String edition : new String[] {"", "edition: EDITION_UNSTABLE"}) {
      var file =
          Files.file(
              "name: \"new.proto\" package: \"n\" syntax: \"editions\" message_type { name: \"M\" }"
                  + edition);
      assertEquals(
          "message n.M: its file new.proto has an edition whose Java names this generator does not"
              + " know (expected: at most 2026); use an older edition there, or a newer generator",
          Files.generate(file, user()).getError());
    }
  }
}
