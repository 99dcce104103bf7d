using System.Reflection;

namespace NetPolTools.HelpWriter.Facts;

/// <summary>Attributes read as metadata: those of PowerShellStandard.Library have no bodies, so that creating one gives an empty attribute.</summary>
public static class Metadata
{
    public static IEnumerable<CustomAttributeData> FindAll(MemberInfo member, string attribute) =>
        member.GetCustomAttributesData().Where(data => data.AttributeType.Name == attribute);

    public static CustomAttributeData? Find(MemberInfo member, string attribute) => FindAll(member, attribute).SingleOrDefault();

    public static bool Has(MemberInfo member, string attribute) => FindAll(member, attribute).Any();

    /// <summary>What an attribute sets by name; null when it does not.</summary>
    public static object? Named(CustomAttributeData attribute, string property) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == property).TypedValue.Value;

    /// <summary>The elements of an array that is an attribute's first argument.</summary>
    public static IEnumerable<T> Listed<T>(CustomAttributeData attribute) =>
        ((IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!).Select(static argument => (T)argument.Value!);
}
