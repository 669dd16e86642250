package io.porchlight.texts;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How many messages a text becomes on its way (3GPP TS 23.038): 160 characters of the GSM alphabet, or 153 of each part of
 * a longer one; with any other character 70, or 67. Some characters of the GSM alphabet count two, and no character is cut
 * in two.
 *
 * @param gsm whether the text keeps to the GSM alphabet
 * @param count how many messages
 */
public record Segments(boolean gsm, int count) {

    private static final Set<Integer> ONE = characters(
            "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
                    + "abcdefghijklmnopqrstuvwxyzäöñüà");
    private static final Set<Integer> TWO = characters("\f^{}\\[~]|€");

    /** What typesetters write, in the words of a telephone. */
    private static final Map<Integer, String> PLAIN = Map.ofEntries(
            Map.entry(0x2018, "'"),
            Map.entry(0x2019, "'"),
            Map.entry(0x201A, "'"),
            Map.entry(0x2032, "'"),
            Map.entry(0x201C, "\""),
            Map.entry(0x201D, "\""),
            Map.entry(0x201E, "\""),
            Map.entry(0x00AB, "\""),
            Map.entry(0x00BB, "\""),
            Map.entry(0x2010, "-"),
            Map.entry(0x2011, "-"),
            Map.entry(0x2013, "-"),
            Map.entry(0x2014, "-"),
            Map.entry(0x2212, "-"),
            Map.entry(0x2026, "..."),
            Map.entry(0x00A0, " "),
            Map.entry(0x2009, " "),
            Map.entry(0x202F, " "));

    /** Counts the messages of a text. */
    public static Segments of(String text) {
        boolean gsm = text.codePoints().allMatch(Segments::inAlphabet);
        int[] widths = text.codePoints()
                .map(one -> gsm ? (TWO.contains(one) ? 2 : 1) : Character.charCount(one))
                .toArray();
        return new Segments(gsm, gsm ? count(widths, 160, 153) : count(widths, 70, 67));
    }

    /**
     * The same text without typesetters' quotes, dashes and spaces, if it then keeps to the GSM alphabet: one such quote
     * more than halves what fits into a message.
     */
    public static String plain(String text) {
        String plain = text.codePoints()
                .mapToObj(one -> PLAIN.getOrDefault(one, Character.toString(one)))
                .collect(Collectors.joining());
        return of(plain).gsm() ? plain : text;
    }

    private static int count(int[] widths, int alone, int part) {
        int all = 0;
        int parts = 1;
        int filled = 0;
        for (int width : widths) {
            all += width;
            if (filled + width > part) {
                parts++;
                filled = 0;
            }
            filled += width;
        }
        return all <= alone ? 1 : parts;
    }

    private static boolean inAlphabet(int character) {
        return ONE.contains(character) || TWO.contains(character);
    }

    private static Set<Integer> characters(String all) {
        return all.codePoints().boxed().collect(Collectors.toUnmodifiableSet());
    }
}
