package dev.semel.maven.internal;

import java.util.List;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** A method with its class. */
record Member(ClassNode type, MethodNode method) {
    String key() {
        return key(type.name, method.name, method.desc);
    }

    static String key(String owner, String name, String descriptor) {
        return owner + "#" + name + descriptor;
    }

    List<AnnotationNode> annotations() {
        return Annotations.all(method.visibleAnnotations, method.invisibleAnnotations);
    }

    /** For messages: the class without its package, and the method. */
    String shortName() {
        return type.name.substring(type.name.lastIndexOf('/') + 1).replace('$', '.') + "." + method.name;
    }
}
