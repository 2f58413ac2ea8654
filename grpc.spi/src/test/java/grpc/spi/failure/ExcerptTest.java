package grpc.spi.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void shortTextsAreWhole() {
    assertEquals("", Excerpt.of(""));
    assertEquals("a".repeat(100), Excerpt.of("a".repeat(100)));
  }

  @Test
  void longTextsAreCutAndTheirLengthIsTold() {
    assertEquals("a".repeat(100) + "... (101 characters)", Excerpt.of("a".repeat(101)));
    assertEquals("b".repeat(100) + "... (8000 characters)", Excerpt.of("b".repeat(8000)));
  }

  @Test
  void aCharacterOfTwoHalvesIsNotCutInTwo() {
    String text = "a".repeat(99) + "\uD83D\uDE00" + "z";
    assertEquals("a".repeat(99) + "... (102 characters)", Excerpt.of(text));
  }
}
