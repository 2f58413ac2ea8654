package grpc.balancer.pickfirst;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.spi.resolver.Address;
import grpc.spi.resolver.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressOrderTest {
  private static Endpoint endpoint(String... literals) {
    return Endpoint.of(Arrays.stream(literals).map(AddressOrderTest::address).toList());
  }

  private static Address address(String literal) {
    return Address.of(new InetSocketAddress(InetAddress.ofLiteral(literal), 1));
  }

  private static void order(String expected, Endpoint... endpoints) {
    assertEquals(
        Arrays.stream(expected.split(" ")).map(AddressOrderTest::address).toList(),
        AddressOrder.of(List.of(endpoints)));
  }

  @Test
  void familiesTakeTurnsAndTheFirstOneBegins() {
    order("::1 1.1.1.1 ::2 2.2.2.2 ::3", endpoint("::1", "::2", "::3", "1.1.1.1", "2.2.2.2"));
    order("1.1.1.1 ::1 2.2.2.2 3.3.3.3", endpoint("1.1.1.1", "2.2.2.2", "3.3.3.3", "::1"));
  }

  @Test
  void oneFamilyStaysInItsOrder() {
    order("1.1.1.1 3.3.3.3 2.2.2.2", endpoint("1.1.1.1"), endpoint("3.3.3.3", "2.2.2.2"));
  }

  @Test
  void repeatedAddressesAreDropped() {
    order("1.1.1.1 ::1", endpoint("1.1.1.1"), endpoint("::1", "1.1.1.1"), endpoint("::1"));
  }
}
