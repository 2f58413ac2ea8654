package grpc.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServiceSchemaTest {
  @Test
  void descriptorIsNotMadeBeforeItIsAskedFor() {
    var made = new AtomicInteger();
    var service =
        ServiceDefinition.builder("a.B")
            .schema(ServiceSchema.of(() -> "file " + made.incrementAndGet()))
            .build()
            .inline();
    assertEquals(0, made.get());
    assertEquals(Optional.of("file 1"), service.schema().orElseThrow().as(String.class));
  }

  @Test
  void descriptorOfAnotherKindIsNone() {
    assertEquals(Optional.empty(), ServiceSchema.of(() -> "file").as(Integer.class));
  }

  @Test
  void serviceWrittenByHandHasNone() {
    assertEquals(Optional.empty(), ServiceDefinition.builder("a.B").build().schema());
  }
}
