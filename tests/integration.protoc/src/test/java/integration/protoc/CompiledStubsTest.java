package integration.protoc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.EmptyProto;
import grpc.api.Service;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompiledStubsTest {
  private static final Path GENERATED = Path.of("target/generated-sources/protobuf");
  private static final int MOST_METHODS = 2_000;

  @TempDir Path folder;

  private static FileDescriptorProto fileWithMethods(int count) {
    var service = ServiceDescriptorProto.newBuilder().setName("Many");
    for (int i = 0; i < count; i++) {
      service.addMethod(
          MethodDescriptorProto.newBuilder()
              .setName("Method" + i)
              .setInputType(".google.protobuf.Empty")
              .setOutputType(".google.protobuf.Empty")
              .setClientStreaming(i % 4 > 1)
              .setServerStreaming(i % 2 == 1)
              .setOptions(
                  MethodOptions.newBuilder()
                      .setDeprecated(true)
                      .setIdempotencyLevel(MethodOptions.IdempotencyLevel.IDEMPOTENT)));
    }
    return FileDescriptorProto.newBuilder()
        .setName("many.proto")
        .setPackage("many")
        .addDependency("google/protobuf/empty.proto")
        .addService(service)
        .build();
  }

  @Test
  void noStubOfTheAwkwardServicesWarns() throws Exception {
    try (var files = Files.walk(GENERATED)) {
      var stubs =
          files
              .filter(file -> file.toString().matches(".*(Client|Service|Methods)[.]java"))
              .toList();
      assertFalse(stubs.isEmpty());
      assertEquals("", Javac.compile(stubs, folder));
    }
  }

  @Test
  void aServiceOfThousandsOfMethodsCompilesAndIsDefined() throws Exception {
    var response =
        Plugin.answer(EmptyProto.getDescriptor().toProto(), fileWithMethods(MOST_METHODS));
    assertEquals("", response.getError());
    var sources = Plugin.write(response, folder);
    sources.add( // in place of the class that protoc's own generator makes
        Files.writeString(
            folder.resolve("ManyOuterClass.java"),
            "package many; final class ManyOuterClass { static Object getDescriptor() { return 1; }"
                + " }"));
    sources.add(
        Files.writeString(
            folder.resolve("Offered.java"),
            "package many; public final class Offered implements ManyService { public Offered() {}"
                + " }"));
    assertEquals("", Javac.compile(sources, folder));
    var loader = getClass().getClassLoader();
    try (var classes = new URLClassLoader(new URL[] {folder.toUri().toURL()}, loader)) {
      var service = (Service) classes.loadClass("many.Offered").getConstructor().newInstance();
      var defined = service.definition();
      assertEquals(MOST_METHODS, defined.methods().size());
      assertEquals("Method1999", defined.methods().getLast().method().methodName());
    }
  }

  @Test
  void aServiceThatIsTooLargeForAClassIsRefused() throws Exception {
    var response =
        Plugin.answer(EmptyProto.getDescriptor().toProto(), fileWithMethods(MOST_METHODS + 1));
    assertEquals(
        "many.proto: service many.Many has 2001 methods (expected: at most 2000); split it into"
            + " several services",
        response.getError());
  }
}
