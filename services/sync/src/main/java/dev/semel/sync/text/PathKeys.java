package dev.semel.sync.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;

/** The keys of paths. They are stored, so they come from a library of a fixed version of Unicode and not from the JDK. */
final class PathKeys {
    private static final Normalizer2 COMPOSED = Normalizer2.getNFCInstance();
    private static final Normalizer2 DECOMPOSED = Normalizer2.getNFDInstance();

    private PathKeys() {}

    /** Unicode's canonical caseless match (D145): decomposed before the folding, as folding a composed letter loses its marks' order. */
    static String of(String text) {
        return COMPOSED.normalize(UCharacter.foldCase(DECOMPOSED.normalize(plain(text)), true));
    }

    static boolean isComposed(String text) {
        return COMPOSED.isNormalized(text);
    }

    /** Text or emoji: one name with two looks. */
    static boolean choosesLooks(int point) {
        return point == 0xFE0E || point == 0xFE0F;
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().filter(point -> !choosesLooks(point)).forEach(plain::appendCodePoint);
        return plain.toString();
    }
}
