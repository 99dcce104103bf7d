namespace NetPolTools.Objects;

/// <summary>A host that a program is told to connect to.</summary>
/// <param name="Name">As written: <c>db.shop.svc</c>.</param>
/// <param name="Port">Null where none stands with it.</param>
public sealed record MentionedHost(string Name, int? Port)
{
    /// <summary><c>db.shop.svc:5432</c>.</summary>
    public override string ToString() => Port is null ? Name : $"{Name}:{Port}";
}
