using NetPolTools.Objects;

namespace NetPolTools.Reading;

/// <summary>Reads the <c>metadata</c> of objects of which we only tell that they are there: their mistakes are not ours to tell.</summary>
internal static class QuietMetadata
{
    /// <param name="tokens">Stands on the value of metadata.</param>
    public static ObjectMetadata Read(ManifestTokenReader tokens)
    {
        var metadata = ObjectMetadata.Empty;
        QuietWalk.EachField(tokens, name =>
        {
            switch (name)
            {
                case "name":
                    metadata = metadata with { Name = QuietWalk.Text(tokens) ?? metadata.Name, IsNameGenerated = false };
                    return true;
                case "generateName" when metadata.Name.Length == 0:
                    metadata = metadata with { Name = QuietWalk.Text(tokens) ?? "", IsNameGenerated = true };
                    return true;
                case "namespace":
                    metadata = metadata with { Namespace = QuietWalk.Text(tokens) is { Length: > 0 } text ? text : null };
                    return true;
                case "ownerReferences":
                    QuietWalk.EachItem(tokens, () => metadata = ReadOwner(tokens) is { } owner ? metadata with { Controller = owner } : metadata);
                    return true;
                default:
                    return false;
            }
        });
        return metadata;
    }

    private static OwnerReference? ReadOwner(ManifestTokenReader tokens)
    {
        string? kind = null, ownerName = null;
        var isController = false;
        QuietWalk.EachField(tokens, name =>
        {
            switch (name)
            {
                case "kind":
                    kind = QuietWalk.Text(tokens);
                    return true;
                case "name":
                    ownerName = QuietWalk.Text(tokens);
                    return true;
                case "controller":
                    isController = QuietWalk.Text(tokens) == "true";
                    return true;
                default:
                    return false;
            }
        });
        return isController && kind is not null && ownerName is not null ? new OwnerReference(kind, ownerName) : null;
    }
}
