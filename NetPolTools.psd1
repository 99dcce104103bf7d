@{
    RootModule = 'NetPolTools.dll'
    # Imported first: it picks the Core for this machine.
    NestedModules = @('NetPolTools.Ahead.dll')
    # From Directory.Build.props when the module is published, as is Prerelease.
    ModuleVersion = '0.0.0'
    GUID = 'b0f7c0ce-6a1f-4a55-9b5c-0f6c2a5d3d1e'
    Author = 'The NetPolTools authors'
    Copyright = '(c) The NetPolTools authors'
    Description = 'Who can talk to whom in a Kubernetes cluster, on which ports, and which line of which NetworkPolicy says so.'
    PowerShellVersion = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess = @('NetPolTools.Format.ps1xml')
    TypesToProcess = @('NetPolTools.Types.ps1xml')
    FunctionsToExport = @()
    CmdletsToExport = @(
        'Compare-NetPolReachability', 'Compare-NetPolTraffic', 'ConvertTo-NetPolCalicoPolicy', 'ConvertTo-NetPolCiliumPolicy',
        'ConvertTo-NetPolClusterPolicy', 'ConvertTo-NetPolPolicy', 'Edit-NetPolSnapshot', 'Export-NetPolReport', 'Export-NetPolSnapshot', 'Export-NetPolYaml',
        'Find-NetPolCause', 'Get-NetPolCniSupport', 'Get-NetPolExposure', 'Get-NetPolIsolation', 'Get-NetPolLintRule', 'Get-NetPolPath', 'Get-NetPolReachability',
        'Get-NetPolRepair', 'Get-NetPolSnapshot',
        'Import-NetPolSnapshot', 'Invoke-NetPolLint', 'New-DefaultDenyPolicy', 'New-NetPolClusterPeer',
        'New-NetPolClusterPolicy', 'New-NetPolClusterRule', 'New-NetPolPeer', 'New-NetPolPolicy', 'New-NetPolRule',
        'Test-NetPolCniSupport', 'Test-NetPolIntent', 'Test-NetPolReachability'
    )
    VariablesToExport = @()
    AliasesToExport = @('New-NetPolDefaultDeny')
    PrivateData = @{
        PSData = @{
            # ProjectUri and LicenseUri are the owner's to add: see .github/CONTRIBUTING.md.
            Prerelease = ''
            ReleaseNotes = 'The first version: who can talk to whom and why, what a change opens, what stands open, whether a cluster enforces policies at all, and policies written from connections, from flow logs or by hand.'
            Tags = @('Kubernetes', 'NetworkPolicy', 'kubectl', 'security', 'audit', 'CNI', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
        }
    }
}
