package dev.semel.maven.internal;

import dev.semel.maven.internal.DeclaredOperation.Options;
import dev.semel.maven.internal.DeclaredOperation.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Follows the builder calls of one method, as the compiler writes them for one expression, and notes the constants before each. */
final class OperationReader {
    static final String OPERATION = "dev/semel/Operation";
    static final String DESCRIPTOR = "L" + OPERATION + ";";
    private static final String BUILDER = "dev/semel/Operation$Builder";
    private static final Map<String, String> RISKS =
            Map.of("financial", "FINANCIAL", "highRisk", "HIGH_RISK", "standard", "STANDARD");

    private final Member member;
    private final List<DeclaredOperation> found = new ArrayList<>();
    private final List<Object> constants = new ArrayList<>();
    private @Nullable Signature signature;
    private @Nullable AbstractInsnNode start;
    private TreeSet<String> events = new TreeSet<>();
    private TreeSet<String> rejections = new TreeSet<>();
    private String key = "client";
    private Duration retention = Duration.ofHours(48);
    private @Nullable String workflow;
    private boolean rememberRejections;
    private boolean coalesced;
    private int resultVersion = 1;

    private OperationReader(Member member) {
        this.member = member;
    }

    static List<DeclaredOperation> read(Member member) {
        OperationReader reader = new OperationReader(member);
        Classes.instructions(member.method()).forEach(reader::step);
        return reader.found;
    }

    private void step(AbstractInsnNode node) {
        if (node instanceof MethodInsnNode call) {
            call(call);
        } else if (node instanceof LdcInsnNode constant) {
            constants.add(constant.cst);
        } else if (node instanceof IntInsnNode number) {
            constants.add(number.operand);
        } else if (node instanceof FieldInsnNode field && field.name.equals("TYPE")) {
            constants.add(field.owner.substring(field.owner.lastIndexOf('/') + 1));
        } else if (node instanceof InsnNode plain) {
            smallNumber(plain.getOpcode());
        }
    }

    private void smallNumber(int opcode) {
        if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
            constants.add(opcode - Opcodes.ICONST_0);
        } else if (opcode == Opcodes.LCONST_0 || opcode == Opcodes.LCONST_1) {
            constants.add((long) (opcode - Opcodes.LCONST_0));
        }
    }

    private void call(MethodInsnNode call) {
        if (call.owner.equals(OPERATION) && RISKS.containsKey(call.name)) {
            begin(call);
        } else if (call.owner.equals(BUILDER)) {
            option(call);
        } else if (call.owner.equals("java/time/Duration") && call.name.startsWith("of")) {
            duration(call.name);
            return;
        } else {
            return;
        }
        constants.clear();
    }

    private void begin(MethodInsnNode call) {
        int last = constants.size();
        if (last < 3 || !(constants.get(last - 3) instanceof String name)) {
            signature = null;
            return;
        }
        signature = new Signature(
                name,
                RISKS.getOrDefault(call.name, ""),
                typeName(constants.get(last - 2)),
                typeName(constants.get(last - 1)));
        start = call;
        events = new TreeSet<>();
        rejections = new TreeSet<>();
        key = "client";
        retention = Duration.ofHours(48);
        workflow = null;
        rememberRejections = false;
        coalesced = false;
        resultVersion = 1;
    }

    private static String typeName(Object constant) {
        return constant instanceof Type type ? type.getClassName() : String.valueOf(constant);
    }

    private void option(MethodInsnNode call) {
        switch (call.name) {
            case "emits" -> events.add(lastText());
            case "rejects" -> rejections.addAll(texts());
            case "workflow" -> workflow = lastText();
            case "deriveKey", "deriveIdentity" -> key = "derived: " + lastText();
            case "keyFromPayload" -> key = "member: " + lastText();
            case "retention" -> retention = last() instanceof Duration duration ? duration : retention;
            case "coalesced" -> coalesced = true;
            case "rememberRejections" -> rememberRejections = true;
            case "resultVersion" -> resultVersion = last() instanceof Integer version ? version : resultVersion;
            case "build" -> end(call);
            default -> {}
        }
    }

    private @Nullable Object last() {
        return constants.isEmpty() ? null : constants.get(constants.size() - 1);
    }

    private String lastText() {
        return last() instanceof String text ? text : "(decided at run time)";
    }

    private List<String> texts() {
        List<String> texts = constants.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
        return texts.isEmpty() ? List.of("(decided at run time)") : texts;
    }

    private void duration(String unit) {
        if (last() instanceof Number number) {
            long amount = number.longValue();
            constants.add(
                    switch (unit) {
                        case "ofDays" -> Duration.ofDays(amount);
                        case "ofHours" -> Duration.ofHours(amount);
                        case "ofMinutes" -> Duration.ofMinutes(amount);
                        case "ofMillis" -> Duration.ofMillis(amount);
                        default -> Duration.ofSeconds(amount);
                    });
        }
    }

    private void end(MethodInsnNode build) {
        if (signature != null && start != null) {
            found.add(new DeclaredOperation(
                    signature,
                    new Options(
                            key,
                            retention.toString(),
                            List.copyOf(events),
                            List.copyOf(rejections),
                            workflow,
                            rememberRejections,
                            resultVersion,
                            coalesced),
                    member,
                    start,
                    build.getNext() instanceof FieldInsnNode field && field.getOpcode() == Opcodes.PUTSTATIC
                            ? field
                            : null));
        }
        signature = null;
    }
}
