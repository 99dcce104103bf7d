using System.Collections.Immutable;
using System.Text;
using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Exposure;

/// <summary>What conditions ask for.</summary>
internal static class PredicateContent
{
    /// <summary>The tests of labels in a condition.</summary>
    public static IEnumerable<(LabelKey Key, LabelTest Test, ImmutableArray<string> Values)> LeavesOf(LabelPredicate condition) => condition switch
    {
        LabelPredicate.AllOf all => all.Parts.SelectMany(LeavesOf),
        LabelPredicate.AnyOf any => any.Parts.SelectMany(LeavesOf),
        LabelPredicate.Not not => LeavesOf(not.Part),
        _ => LeafOf(condition) is { } leaf ? [leaf] : [],
    };

    /// <summary>The test of one label that a condition is; null where it is no such test.</summary>
    public static (LabelKey Key, LabelTest Test, ImmutableArray<string> Values)? LeafOf(LabelPredicate condition) => condition switch
    {
        LabelPredicate.Label { Owner: not LabelOwner.Node } label => (new LabelKey(label.Owner, label.Key), label.Test, label.Values),
        LabelPredicate.InNamespace named => (LabelKey.NamespaceName, LabelTest.In, [named.Name]),
        LabelPredicate.HasServiceAccount accounts => (LabelKey.AccountName, accounts.Test, accounts.Names),
        _ => null,
    };

    /// <summary>Whether a test of one label holds for a value that is there.</summary>
    public static bool Holds(LabelPredicate leaf, string value) => leaf switch
    {
        LabelPredicate.Label label => label.Holds(value),
        LabelPredicate.InNamespace named => named.Name == value,
        LabelPredicate.HasServiceAccount accounts => accounts.Holds(value),
        _ => throw new ArgumentException($"{leaf} is no test of a label.", nameof(leaf)),
    };

    /// <summary>The conditions on a namespace alone in a condition: two of which the same ones hold are alike to it.</summary>
    public static IEnumerable<LabelPredicate> NamespaceTestsOf(LabelPredicate condition) => condition switch
    {
        LabelPredicate.AllOf all => all.Parts.SelectMany(NamespaceTestsOf),
        LabelPredicate.AnyOf any => any.Parts.SelectMany(NamespaceTestsOf),
        LabelPredicate.Not not => NamespaceTestsOf(not.Part),
        LabelPredicate.InNamespace or LabelPredicate.Label { Owner: LabelOwner.Namespace } => [condition],
        _ => [],
    };

    /// <summary>What is left to ask of a pod of a known namespace.</summary>
    public static LabelPredicate In(Namespace ns, LabelPredicate condition) => condition switch
    {
        LabelPredicate.AllOf all => Joined(all.Parts, ns, isAll: true),
        LabelPredicate.AnyOf any => Joined(any.Parts, ns, isAll: false),
        LabelPredicate.Not not => In(ns, not.Part) switch
        {
            LabelPredicate.AllOf { Parts.Length: 0 } => LabelPredicate.Never,
            LabelPredicate.AnyOf { Parts.Length: 0 } => LabelPredicate.Always,
            var part => ReferenceEquals(part, not.Part) ? not : new LabelPredicate.Not(part),
        },
        LabelPredicate.InNamespace named => named.Name == ns.Name ? LabelPredicate.Always : LabelPredicate.Never,
        LabelPredicate.Label { Owner: LabelOwner.Namespace } label =>
            ns.Metadata.Labels.TryGet(label.Key, out var value) && label.Holds(value) ? LabelPredicate.Always : LabelPredicate.Never,
        LabelPredicate.IsOneOf => LabelPredicate.Never,
        _ => condition,
    };

    /// <summary>Whether a condition means some objects one by one.</summary>
    public static bool NamesObjects(LabelPredicate condition) => condition switch
    {
        LabelPredicate.IsOneOf => true,
        LabelPredicate.AllOf all => all.Parts.Any(NamesObjects),
        LabelPredicate.AnyOf any => any.Parts.Any(NamesObjects),
        LabelPredicate.Not not => NamesObjects(not.Part),
        _ => false,
    };

    /// <summary>Whether a condition says nothing: it holds for all, or for none.</summary>
    public static bool IsConstant(LabelPredicate condition) => IsAlways(condition) || IsNever(condition);

    /// <summary>Whether it holds for all.</summary>
    public static bool IsAlways(LabelPredicate condition) => condition is LabelPredicate.AllOf { Parts.Length: 0 };

    /// <summary>Whether it holds for none.</summary>
    public static bool IsNever(LabelPredicate condition) => condition is LabelPredicate.AnyOf { Parts.Length: 0 };

    /// <inheritdoc cref="Write(StringBuilder, LabelPredicate)"/>
    public static string TextOf(LabelPredicate condition)
    {
        var text = new StringBuilder();
        Write(text, condition);
        return text.ToString();
    }

    /// <summary>Writes a condition so that two are equal exactly where their texts are.</summary>
    public static void Write(StringBuilder to, LabelPredicate condition)
    {
        switch (condition)
        {
            case LabelPredicate.AllOf all:
                WriteParts(to, '&', all.Parts);
                break;
            case LabelPredicate.AnyOf any:
                WriteParts(to, '|', any.Parts);
                break;
            case LabelPredicate.Not not:
                WriteParts(to, '!', [not.Part]);
                break;
            case LabelPredicate.IsOneOf objects:
                Write(to.Append('o'), [.. objects.Objects.Select(static found => found.ToString())]);
                break;
            default:
                var (key, test, values) = LeafOf(condition) ?? throw new ArgumentException($"{condition} is no condition on a pod.", nameof(condition));
                Write(to.Append((char)('a' + (int)key.Owner)).Append((int)test), [key.Key, .. values]);
                break;
        }
    }

    /// <summary>Each with its length before it, so that no text runs into the next.</summary>
    private static void Write(StringBuilder to, IReadOnlyList<string> texts)
    {
        to.Append('[');
        foreach (var text in texts)
            to.Append(text.Length).Append(':').Append(text);
        to.Append(']');
    }

    private static void WriteParts(StringBuilder to, char sign, ImmutableArray<LabelPredicate> parts)
    {
        to.Append(sign).Append('(');
        foreach (var part in parts)
            Write(to, part);
        to.Append(')');
    }

    private static LabelPredicate Joined(ImmutableArray<LabelPredicate> parts, Namespace ns, bool isAll)
    {
        var left = ImmutableArray.CreateBuilder<LabelPredicate>();
        foreach (var part in parts.Select(part => In(ns, part)))
        {
            var says = part switch
            {
                LabelPredicate.AllOf { Parts.Length: 0 } => true,
                LabelPredicate.AnyOf { Parts.Length: 0 } => false,
                _ => (bool?)null,
            };
            if (says is null)
                left.Add(part);
            else if (says != isAll)
                return isAll ? LabelPredicate.Never : LabelPredicate.Always;
        }

        return left.Count == 1 ? left[0] : isAll ? new LabelPredicate.AllOf(left.ToImmutable()) : new LabelPredicate.AnyOf(left.ToImmutable());
    }
}
