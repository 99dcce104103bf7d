using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using NetPolTools.Reading;

namespace NetPolTools.Module.Tests;

/// <summary>ForEach-Object -Parallel runs the module's code in many runspaces of one process: nothing static may change.</summary>
public sealed class StateTests
{
    [Fact]
    public void No_static_field_changes()
    {
        var changing = StaticFields()
            .Where(static field => !field.IsLiteral && (!field.IsInitOnly || !LooksImmutable(field.FieldType)))
            .Select(static field => $"{field.DeclaringType}.{field.Name}: {field.FieldType.Name}");
        Assert.Equal("", string.Join('\n', changing));
    }

    private static IEnumerable<FieldInfo> StaticFields() => new[] { typeof(ManifestReader).Assembly, typeof(Commands.NetPolCommand).Assembly }
        .SelectMany(static assembly => assembly.GetTypes())
        .Where(static type => !IsGenerated(type))
        .SelectMany(static type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(static field => !IsCache(field));

    /// <summary>Also types inside generated ones: closures and cached delegates.</summary>
    private static bool IsGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal) || (type.DeclaringType is { } outer && IsGenerated(outer));

    /// <summary>What the compiler keeps for itself; the field of an auto property is not that.</summary>
    private static bool IsCache(FieldInfo field) =>
        field.IsDefined(typeof(CompilerGeneratedAttribute)) && !field.Name.EndsWith("k__BackingField", StringComparison.Ordinal);

    private static bool LooksImmutable(Type type)
    {
        if (type.IsArray)
            return false;
        if (type.Namespace is "System.Collections.Immutable" or "System.Collections.Frozen")
            return true;
        if (typeof(IEnumerable).IsAssignableFrom(type) && type != typeof(string))
            return type.Assembly != typeof(object).Assembly && HasOnlyReadOnlyFields(type);
        return type.IsValueType || type == typeof(string) || type.Assembly == typeof(object).Assembly || HasOnlyReadOnlyFields(type);
    }

    /// <summary>A hash code or a text kept once it is worked out comes out the same whoever keeps it.</summary>
    private static bool HasOnlyReadOnlyFields(Type type) => type
        .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .All(static field => field.IsInitOnly
            || (field.Name == "_hash" && field.FieldType == typeof(int))
            || (field.Name == "_text" && field.FieldType == typeof(string)));
}
