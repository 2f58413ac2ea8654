package grpc.spi.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import org.junit.jupiter.api.Test;

class RequestHeadersTest {
  private static RequestHeaders headers(String encoding, String acceptEncoding) {
    return RequestHeaders.of(
        "/s/m",
        "authority",
        RequestHeaders.NO_TIMEOUT,
        "",
        encoding,
        acceptEncoding,
        Metadata.EMPTY);
  }

  @Test
  void clientTakesWhatItNamesOrElseWhatItSends() {
    for (String named : new String[] {"gzip", "identity,gzip", "deflate , gzip,\tidentity"}) {
      assertTrue(headers("identity", named).accepts("gzip"), named);
    }
    for (String named : new String[] {"identity", "gzip2,xgzip", ",", "GZIP"}) {
      assertFalse(headers("gzip", named).accepts("gzip"), named);
      assertTrue(headers("gzip", named).accepts("identity"), named);
    }
    assertTrue(headers("gzip", "").accepts("gzip"));
    assertFalse(headers("gzip", "").accepts("deflate"));
    assertFalse(headers("identity", "").accepts("gzip"));
  }
}
