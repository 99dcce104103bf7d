using System.Reflection;

namespace NetPolTools.Module.Tests.Support;

/// <summary>Attributes without creating them.</summary>
internal static class Metadata
{
    public static IEnumerable<CustomAttributeData> FindAll(MemberInfo member, string attribute) =>
        member.GetCustomAttributesData().Where(data => data.AttributeType.Name == attribute);

    public static CustomAttributeData? Find(MemberInfo member, string attribute) => FindAll(member, attribute).SingleOrDefault();

    public static bool Has(MemberInfo member, string attribute) => FindAll(member, attribute).Any();

    /// <summary>What an attribute sets by name; null when it does not.</summary>
    public static object? Named(CustomAttributeData attribute, string property) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == property).TypedValue.Value;
}
