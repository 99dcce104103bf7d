BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $threeTier = Join-Path $manifests 'three-tier'
    $question = @{ From = 'shop/web'; To = 'shop/db'; Port = '3306/TCP' }
}

Describe 'Get-NetPolRepair' {
    It 'gives repairs, the one that changes least first' {
        $repairs = Get-NetPolRepair $threeTier @question
        $repairs | ForEach-Object Rank | Should -Be (1..$repairs.Count)
        $repairs[0].Kinds | Should -Be 'AddPeer'
        $repairs[0].Effect | Should -Be 'changes nothing else'
        $repairs[-1].OpensBesides | Should -Contain 'shop/web[Deployment] -> shop/api[Deployment]: TCP 3306'
    }

    It 'takes snapshots, and its YAML does what it says' {
        $snapshot = Get-NetPolSnapshot $threeTier
        $repair = $snapshot | Get-NetPolRepair @question -First 1
        $repair | Should -HaveCount 1
        $after = Edit-NetPolSnapshot $snapshot -Apply $repair.Yaml
        Test-NetPolReachability $after -From shop/web -To shop/db -Port 3306/TCP | Should -BeTrue
        @(Compare-NetPolReachability $snapshot $after) | Should -HaveCount 1
    }

    It 'stops a connection' {
        (Get-NetPolRepair $threeTier -From shop/api -To shop/db -Deny -First 1).Steps | Should -BeLike '*Remove spec.ingress?0?.'
    }

    It 'mends the file under ShouldProcess' {
        Copy-Item $threeTier (Join-Path $TestDrive 'a b') -Recurse
        $folder = Join-Path $TestDrive 'a b'
        $file = Join-Path $folder 'policies.yaml'
        $before = Get-Content $file -Raw
        Get-NetPolRepair $folder @question -Fix -WhatIf -First 1 | ForEach-Object IsFixed | Should -BeFalse
        Get-Content $file -Raw | Should -BeExactly $before
        (Get-NetPolRepair $folder @question -Fix -First 1).IsFixed | Should -BeTrue
        Test-NetPolReachability $folder -From shop/web -To shop/db -Port 3306/TCP | Should -BeTrue
        (Compare-Object ($before -split '\n') ((Get-Content $file -Raw) -split '\n')).SideIndicator | Should -Be '=>'
        Get-NetPolRepair $folder @question | Should -BeNullOrEmpty
    }

    It 'ends with an error where the question is none' {
        { Get-NetPolRepair $threeTier -From shop/web -To shop/db } | Should -Throw -ErrorId 'InvalidValue,*'
        Get-NetPolRepair $threeTier -From shop/nobody -To shop/db -Port 80 -ErrorAction SilentlyContinue -ErrorVariable told | Should -BeNullOrEmpty
        $told[0].FullyQualifiedErrorId | Should -BeLike 'NoMatch,*'
    }
}
