package dev.semel.sync.text;

import dev.semel.documents.content.ContentHash;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the same push sent twice from another one under the same id. The hash is taken over a binary form in which every text carries
 * its length, so that no two pushes have one form; the order of the ops does not matter.
 *
 * <p>The form: the version {@value #VERSION} as a byte; scope, target branch and message as texts; {@code allowBehind} as a byte; the number
 * of ops as four bytes; the ops in the order of the bytes of their file ids. An op: its kind as a byte (1 upsert, 2 delete); file id and
 * path as texts; base version as eight bytes; content hash as a text. A text: its length in bytes as four bytes and its UTF-8, or four
 * bytes of {@code FF} if there is none. Numbers are big-endian. A client may compute the same.
 */
public final class PayloadHash {
    /** The version of the form. A change of the form takes the next number, as hashes are stored. */
    public static final int VERSION = 1;

    private static final int NONE = -1;
    // Two ops on one file are refused elsewhere, but have one order here all the same.
    private static final Comparator<HashedOp> BY_FILE =
            Comparator.comparing(HashedOp::fileId).thenComparing(PayloadHash::form, Arrays::compareUnsigned);

    private PayloadHash() {}

    /**
     * The hash of a push: {@code sha256:} and 64 hexadecimal digits.
     *
     * @param push its members beside the ops
     * @param ops in any order
     */
    public static String of(HashedPush push, List<HashedOp> ops) {
        return ContentHash.of(written(form -> {
            form.writeByte(VERSION);
            text(form, push.scope());
            text(form, push.targetBranch());
            text(form, push.message());
            form.writeBoolean(push.allowBehind());
            form.writeInt(ops.size());
            for (HashedOp op : ops.stream().sorted(BY_FILE).toList()) {
                form.write(form(op));
            }
        }));
    }

    private static byte[] form(HashedOp op) {
        return written(form -> {
            form.writeByte(op.kind().number());
            text(form, op.fileId().text());
            text(form, op.serverPath());
            form.writeLong(op.baseVersion());
            text(form, op.contentHash());
        });
    }

    private static void text(DataOutputStream form, @Nullable String text) throws IOException {
        if (text == null) {
            form.writeInt(NONE);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        form.writeInt(bytes.length);
        form.write(bytes);
    }

    private interface Form {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private static byte[] written(Form form) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            form.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
