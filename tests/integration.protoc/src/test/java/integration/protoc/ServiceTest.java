package integration.protoc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FileDescriptor;
import grpc.api.IdempotencyLevel;
import grpc.api.MethodHandler;
import grpc.api.MethodType;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import integration.protoc.names.NamesMethods;
import integration.protoc.names.NamesService;
import integration.protoc.tricky.EmptyService;
import integration.protoc.tricky.FormerService;
import integration.protoc.tricky.Outer;
import integration.protoc.tricky.TrickyMethods;
import integration.protoc.tricky.TrickyService;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ServiceTest {
  private static final class Greeter implements TrickyService {
    @Override
    public Outer.Inner sayHello(Outer request) {
      return Outer.Inner.newBuilder().setNumber(request.getText().length()).build();
    }
  }

  @Test
  void theDefinitionHasEveryMethodInOrder() {
    var definition = new Greeter().definition();
    assertEquals("tenon.tricky.v1.Tricky", definition.name());
    assertEquals(29, definition.methods().size());
    assertEquals(TrickyMethods.SAY_HELLO, definition.methods().getFirst().method());
    assertEquals(MethodType.BIDI_STREAMING, definition.methods().getLast().method().type());
    for (var method : definition.methods()) {
      assertEquals(method.method().type(), method.handler().type());
    }
  }

  @Test
  void theDefinitionHasTheDescriptorOfItsFile() {
    var file = new Greeter().definition().schema().orElseThrow().as(FileDescriptor.class);
    var methods = file.orElseThrow().findServiceByName("Tricky").getMethods();
    assertEquals(29, methods.size());
    assertEquals(
        file, new Greeter().definition().inline().schema().orElseThrow().as(FileDescriptor.class));
    assertEquals(
        Optional.empty(), new Greeter().definition().schema().orElseThrow().as(String.class));
  }

  @Test
  void descriptorsHaveWhatTheFileSaysOfTheirMethods() {
    assertEquals(IdempotencyLevel.NO_SIDE_EFFECTS, TrickyMethods.MANY.idempotencyLevel());
    assertEquals(IdempotencyLevel.UNKNOWN, TrickyMethods.SAY_HELLO.idempotencyLevel());
    assertTrue(TrickyMethods.OLD.deprecated());
    assertFalse(TrickyMethods.SAY_HELLO.deprecated());
  }

  @Test
  void anOverriddenMethodIsTheHandler() throws Exception {
    var handler = unary(new Greeter().definition().methods().getFirst().handler());
    var response = handler.handle(Outer.newBuilder().setText("abc").build());
    assertEquals(Outer.Inner.newBuilder().setNumber(3).build(), response);
  }

  @Test
  void aMethodThatIsNotOverriddenIsUnimplemented() {
    var thrown =
        assertThrows(StatusException.class, () -> new Greeter().doIt(Outer.getDefaultInstance()));
    assertEquals(StatusCode.UNIMPLEMENTED, thrown.code());
    assertEquals(
        "method tenon.tricky.v1.Tricky/DoIt is not implemented", thrown.status().message());
  }

  @Test
  void constantsAreInUpperCaseAndApart() {
    assertEquals("URLFetch", TrickyMethods.URL_FETCH.methodName());
    assertEquals("UrlFetch", TrickyMethods.URL_FETCH_.methodName());
    assertEquals("ServiceName", TrickyMethods.SERVICE_NAME_.methodName());
    assertEquals("tenon.tricky.v1.Tricky", TrickyMethods.SERVICE_NAME);
  }

  @Test
  void everyNameHasADescriptorAndAHandlerOfItsOwn() {
    var methods = new NamesService() {}.definition().methods();
    assertEquals(51, methods.size());
    assertEquals(51, methods.stream().map(m -> m.method().path()).distinct().count());
    assertEquals("_", NamesMethods.__.methodName());
    assertEquals("_1", NamesMethods._1.methodName());
  }

  @Test
  void aServiceMayHaveNoMethods() {
    assertTrue(new EmptyService() {}.definition().methods().isEmpty());
  }

  @Test
  void deprecationIsCarriedOver() throws Exception {
    assertTrue(FormerService.class.isAnnotationPresent(Deprecated.class));
    assertTrue(
        TrickyService.class
            .getMethod("old", integration.protoc.tricky.Retired.class)
            .isAnnotationPresent(Deprecated.class));
  }

  @SuppressWarnings("unchecked")
  private static MethodHandler.Unary<Object, Object> unary(MethodHandler<?, ?> handler) {
    return (MethodHandler.Unary<Object, Object>)
        assertInstanceOf(MethodHandler.Unary.class, handler);
  }
}
