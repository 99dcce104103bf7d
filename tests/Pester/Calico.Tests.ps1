BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $calico = Join-Path $manifests 'calico'
    $threeTier = Join-Path $manifests 'three-tier'
}

Describe '-IncludeStaged' {
    It 'shows what the staged policies of one input would cut' {
        $changes = Compare-NetPolReachability $calico -IncludeStaged
        $cut = $changes | Where-Object { $_.Destination -eq 'db' }
        $cut.Source | Should -Be 'web'
        $cut.Change | Should -Be 'Closed'
        $cut.Policies | ForEach-Object ToString | Should -Be '-CalicoNetworkPolicy shop/db', '+StagedNetworkPolicy shop/db'
    }

    It 'applies a file of staged policies to a cluster' {
        $cluster = Get-NetPolSnapshot "$calico/application.yaml", "$calico/policies.yaml"
        Compare-NetPolReachability $cluster "$calico/staged.yaml" -IncludeStaged -WarningAction SilentlyContinue |
            Where-Object Change -eq Closed | ForEach-Object Destination | Should -Be 'db'
        Compare-NetPolReachability $cluster "$calico/staged.yaml" -WarningAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'needs a second input without it' {
        { Compare-NetPolReachability $calico } | Should -Throw -ErrorId 'InvalidValue,*' -ExpectedMessage '*-IncludeStaged*'
    }

    It 'is understood by every question' {
        Get-NetPolReachability $calico -From shop/web -To shop/db | Should -Not -BeNullOrEmpty
        Get-NetPolReachability $calico -From shop/web -To shop/db -IncludeStaged | Should -BeNullOrEmpty
        Test-NetPolReachability $calico shop/web shop/db 5432 | Should -BeTrue
        Test-NetPolReachability $calico shop/web shop/db 5432 -IncludeStaged | Should -BeFalse
        $before = Get-NetPolIsolation $calico | Where-Object Workload -eq 'api'
        $after = Get-NetPolIsolation $calico -IncludeStaged | Where-Object Workload -eq 'api'
        $before.IngressPolicies.Count - $after.IngressPolicies.Count | Should -Be 1
    }

    It 'says that there is nothing staged' {
        $null = Get-NetPolReachability $threeTier -IncludeStaged -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'no staged policies'
    }
}

Describe 'ConvertTo-NetPolCalicoPolicy' {
    It 'gives policies that read back from their YAML and decide the same' {
        $policies = ConvertTo-NetPolCalicoPolicy $threeTier -WarningAction SilentlyContinue
        $policies.Count | Should -Be (Get-NetPolSnapshot $threeTier).NetworkPolicyCount
        $application = Join-Path $threeTier 'application.yaml'
        $converted = @($policies | Export-NetPolYaml) + '---' + (Get-Content $application -Raw)
        Compare-NetPolReachability $threeTier ($converted -join "`n") -WarningAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'converts those of the namespaces asked for' {
        $policies = ConvertTo-NetPolCalicoPolicy $threeTier -Namespace shop -WarningAction SilentlyContinue
        $policies | ForEach-Object Namespace | Sort-Object -Unique | Should -Be 'shop'
        { ConvertTo-NetPolCalicoPolicy $threeTier -Namespace nowhere -ErrorAction Stop } | Should -Throw
    }

    It 'says that only Calico enforces them' {
        $null = ConvertTo-NetPolCalicoPolicy $threeTier -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'Only Calico enforces'
    }
}
