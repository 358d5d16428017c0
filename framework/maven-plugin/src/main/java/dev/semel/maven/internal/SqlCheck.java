package dev.semel.maven.internal;

import dev.semel.maven.Code;
import dev.semel.maven.Violation;
import dev.semel.testkit.TenantSql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** The SQL that stands as a whole in the code. What is put together at run time is out of its reach. */
public final class SqlCheck {
    private final Classes classes;
    private final TenantSql sql;
    private final Map<String, List<String>> judged = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    /**
     * With the tables of the project's migrations, and of those in its class path.
     *
     * @throws IOException if a migration cannot be read
     */
    public SqlCheck(Classes classes) throws IOException {
        this.classes = classes;
        this.sql = TenantSql.of(Migrations.texts(classes.project()));
    }

    /** What is wrong. */
    public List<Violation> violations() {
        if (!sql.tables().isEmpty()) {
            classes.members()
                    .filter(member -> !classes.exempt(Code.SEMEL009.name(), member))
                    .forEach(this::read);
        }
        return violations;
    }

    private void read(Member member) {
        Classes.instructions(member.method())
                .filter(SqlCheck::isWholeText)
                .map(LdcInsnNode.class::cast)
                .filter(text -> !exemptField(member, (String) text.cst))
                .forEach(text -> judge(member, text));
    }

    private void judge(Member member, LdcInsnNode text) {
        judged.computeIfAbsent((String) text.cst, sql::findings)
                .forEach(finding -> violations.add(new Violation(
                        Code.SEMEL009, finding + ", in: " + start((String) text.cst), classes.place(member, text))));
    }

    private static String start(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() > 80 ? line.substring(0, 79) + "…" : line;
    }

    private static boolean isWholeText(AbstractInsnNode node) {
        return node instanceof LdcInsnNode constant && constant.cst instanceof String && !isPart(constant.getNext());
    }

    /** Given to a string or its builder, perhaps on the next line: a part of something that this check cannot see. */
    private static boolean isPart(@Nullable AbstractInsnNode next) {
        AbstractInsnNode use = next;
        while (use != null && use.getOpcode() < 0) {
            use = use.getNext();
        }
        return use instanceof MethodInsnNode call && call.owner.startsWith("java/lang/String");
    }

    /** The compiler copies a constant's text to where it is used; the exemption stands at the constant. */
    private static boolean exemptField(Member member, String text) {
        return member.type().fields.stream()
                .filter(field -> text.equals(field.value))
                .anyMatch(field -> Exemptions.of(Classes.annotations(field)).contains(Code.SEMEL009.name()));
    }
}
