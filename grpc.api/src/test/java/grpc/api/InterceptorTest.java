package grpc.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterceptorTest {
  /** An interceptor of one kind by mistake would let the calls of the other kind pass. */
  @ParameterizedTest
  @ValueSource(classes = {ClientInterceptor.class, ServerInterceptor.class})
  void classThatForgetsOneKindDoesNotCompile(Class<?> interceptor) {
    assertEquals(
        Set.of("interceptUnary", "interceptStream"),
        Arrays.stream(interceptor.getMethods())
            .filter(method -> Modifier.isAbstract(method.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toSet()));
  }
}
