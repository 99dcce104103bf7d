using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads a RoleBinding or ClusterRoleBinding.</summary>
internal sealed class AccessBindingDraft(string kind) : ObjectDraft
{
    private readonly List<(string Kind, string? Namespace, string Name)> _subjects = [];
    private string _role = "";
    private string _roleName = "";

    public override void ReadField(string name, FieldReader fields)
    {
        if (name == "subjects")
            QuietWalk.EachItem(fields.Tokens, () => _subjects.Add(ReadReference(fields.Tokens)));
        else if (name == "roleRef")
            (_role, _, _roleName) = ReadReference(fields.Tokens);
        else
            base.ReadField(name, fields);
    }

    public override KubernetesObject Build(BindingContext context, ObjectMetadata metadata, SourceLocation location) => new AccessBinding(kind, metadata)
    {
        Role = _role,
        RoleName = _roleName,
        Subjects = [.. _subjects.Select(subject => new AccessSubject(
            subject.Kind, subject.Kind == ServiceAccount.KindName ? subject.Namespace ?? metadata.Namespace : null, subject.Name))],
    };

    private static (string Kind, string? Namespace, string Name) ReadReference(ManifestTokenReader tokens)
    {
        string kind = "", name = "";
        string? ns = null;
        QuietWalk.EachField(tokens, field =>
        {
            switch (field)
            {
                case "kind":
                    kind = QuietWalk.Text(tokens) ?? "";
                    return true;
                case "name":
                    name = QuietWalk.Text(tokens) ?? "";
                    return true;
                case "namespace":
                    ns = QuietWalk.Text(tokens);
                    return true;
                default:
                    return false;
            }
        });
        return (kind, ns, name);
    }
}
