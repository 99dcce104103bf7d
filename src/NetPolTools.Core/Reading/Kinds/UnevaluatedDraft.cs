using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>
/// Reads an object of a kind that is not evaluated, no further than its name. Where nothing is known of the kind, it counts if it stands for pods: if there
/// are containers in a pod template where most kinds have it.
/// </summary>
/// <param name="apiVersion">As written.</param>
/// <param name="kind">As written.</param>
/// <param name="role">What its objects would do to an answer; null where that is not known.</param>
internal sealed class UnevaluatedDraft(string apiVersion, string kind, UnevaluatedRole? role) : ObjectDraft
{
    private static readonly ImmutableArray<string> PathOfContainers = ["template", "spec", "containers"];

    private ObjectMetadata _metadata = ObjectMetadata.Empty;
    private bool _hasPods;

    public override bool NeedsName => false;

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "metadata")
            _metadata = QuietMetadata.Read(fields.Tokens);
        else if (name == "spec" && role is null)
            _hasPods = HasBelow(fields.Tokens, PathOfContainers.AsMemory());
        else
            fields.Skip();
    }

    public override ObjectMetadata CompleteMetadata(ObjectKind objectKind, BindingContext context) =>
        _metadata with { Namespace = objectKind.IsNamespaced ? _metadata.Namespace ?? context.DefaultNamespace : null };

    public override KubernetesObject? Build(BindingContext context, ObjectMetadata metadata, SourceLocation location)
    {
        if ((role ?? (_hasPods ? UnevaluatedRole.Workload : null)) is { } found)
            return new UnevaluatedObject(apiVersion, kind, found, metadata);
        if (TemplateReader.IsTemplate(new ObjectType(apiVersion, kind)))
            return null; // Its objects count.
        context.Skipped(kind);
        return null;
    }

    /// <summary>Whether there is a list at a path below a value.</summary>
    /// <param name="tokens">Stands on the value.</param>
    /// <param name="path">The fields that lead to the list.</param>
    private static bool HasBelow(ManifestTokenReader tokens, ReadOnlyMemory<string> path)
    {
        var has = false;
        QuietWalk.EachField(tokens, name =>
        {
            if (name != path.Span[0])
                return false;
            if (path.Length > 1)
            {
                has |= HasBelow(tokens, path[1..]);
                return true;
            }

            has |= tokens.Kind == ManifestTokenKind.ArrayStart;
            return false;
        });
        return has;
    }
}
