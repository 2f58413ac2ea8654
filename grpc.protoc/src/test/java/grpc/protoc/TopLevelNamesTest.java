package grpc.protoc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Names that two classes would have: the error says what to change. */
final class TopLevelNamesTest {
  private static String error(String file) {
    return Files.generate(Files.file(file)).getError();
  }

  private static String greeterIn(String file) {
    return file
        + "\n"
        + """
        package: "demo" message_type { name: "M" }
        service {
          name: "Greeter" method { name: "Greet" input_type: ".demo.M" output_type: ".demo.M" }
        }
        """;
  }

  @Test
  void theClassOfAFileThatIsNamedAsTheInterfaceCanBeGivenAnotherName() {
    String file = greeterIn("name: \"demo/greeter_service.proto\" ");
    assertEquals(
        "class demo.GreeterService would be generated for file demo/greeter_service.proto and for"
            + " service demo.Greeter; give the class of demo/greeter_service.proto another name:"
            + " option java_outer_classname = \"GreeterServiceProto\";",
        error(file));
    assertEquals("", error(file + "options { java_outer_classname: \"GreeterServiceProto\" }"));
    assertEquals("", error(file + "syntax: \"editions\" edition: EDITION_2024"));
  }

  @Test
  void aMessageThatIsNamedAsAGeneratedClassCanBeNested() {
    String file = greeterIn("name: \"a.proto\" message_type { name: \"GreeterClient\" }");
    assertEquals(
        "class demo.GreeterClient would be generated for message GreeterClient and for service"
            + " demo.Greeter; rename one of them, or nest message GreeterClient in the class of its"
            + " file: option java_multiple_files = false;",
        error(file + "options { java_multiple_files: true }"));
    assertEquals("", error(file));
  }

  @Test
  void anEnumOfANewerEditionIsNestedByItsOwnOption() {
    String file =
        greeterIn("name: \"a.proto\" syntax: \"editions\" edition: EDITION_2024")
            + "enum_type { name: \"GreeterMethods\" %s }";
    assertEquals(
        "class demo.GreeterMethods would be generated for enum GreeterMethods and for service"
            + " demo.Greeter; rename one of them, or nest enum GreeterMethods in the class of its"
            + " file: option features.(pb.java).nest_in_file_class = YES;",
        error(file.formatted("")));
    assertEquals(
        "",
        error(file.formatted("options { features { [pb.java] { nest_in_file_class: YES } } }")));
  }

  @Test
  void servicesOfTwoPackagesNeedTwoJavaPackages() {
    String file =
        """
        name: "%1$s.proto" package: "%1$s" options { java_package: "both" }
        message_type { name: "M" } service { name: "Greeter" }
        """;
    var response = Files.generate(Files.file(file.formatted("a")), Files.file(file.formatted("b")));
    assertEquals(
        "class both.GreeterMethods would be generated for service a.Greeter and for service"
            + " b.Greeter; rename one of them, or give one of their files another java_package",
        response.getError());
  }

  @Test
  void aGenericServiceIsAClassToo() {
    assertEquals(
        "class demo.GreeterService would be generated for generic service GreeterService and for"
            + " service demo.Greeter; rename one of them, or nest generic service GreeterService in"
            + " the class of its file: option java_multiple_files = false;",
        error(
            greeterIn("name: \"a.proto\" service { name: \"GreeterService\" }")
                + "options { java_multiple_files: true java_generic_services: true }"));
  }

  @Test
  void aMessageThatHidesAPackageIsRefused() {
    for (String name : new String[] {"grpc", "java", "demo"}) {
      String file = greeterIn("name: \"a.proto\" message_type { name: \"%s\" }".formatted(name));
      assertEquals("", error(file));
      assertEquals(
          "class demo.%1$s, made for message %1$s, hides package %2$s from the generated code; rename one of them, or nest message %1$s in the class of its file: option java_multiple_files = false;"
              .formatted(
                  name,
                  switch (name) {
                    case "grpc" -> "grpc.api";
                    case "java" -> "java.lang";
                    default -> "demo";
                  }),
          error(file + "options { java_multiple_files: true }"));
    }
  }
}
